/* The memory of the shim: what is watched, which step comes next, and the log of what happened.
 *
 * Two uses. (1) A crash case: Python calls shim_arm() and friends; the log is a piece of memory that
 * the parent shares, so it outlives SIGKILL. (2) A whole process tree: the variable
 * STILLMINE_WRITES names a pipe which each process opens as it starts, before any sandbox shuts.
 * All kernel calls are made directly: nothing here passes through the functions we stand in for. */
#define _GNU_SOURCE
#include "fsshim.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define FDS 65536
#define PIPE_RECORD 4096       /* PIPE_BUF: writes up to this size never mix with another's */
#define PIPE_NAME 1400         /* of a path only the end is kept in pipe records */

static struct slot slots[FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pid_t owner;            /* a vfork()ed child shares this memory but is not us */
static int armed, tree, keep_data, pipe_fd = -1;
static char root[SHIM_PATH], pipe_path[SHIM_PATH];
static size_t root_size;
static unsigned next_handle = 1;
static unsigned char *memory;  /* 8 bytes: bytes used (or ~0 on overflow); then the records */
static uint64_t memory_size;
static int64_t step, kill_at, fail_from, fail_to;
static int kill_halfway, fail_errno, fail_half_first;
static uint64_t fail_ops;

int shim_active(void) { return (armed || tree) && syscall(SYS_getpid) == owner; }
int shim_tree(void) { return tree; }
int shim_log_fd(void) { return tree ? pipe_fd : -1; }
void shim_lock(void) { pthread_mutex_lock(&lock); }
void shim_unlock(void) { pthread_mutex_unlock(&lock); }
void shim_die(void) { syscall(SYS_kill, syscall(SYS_getpid), SIGKILL); }

/* ---- switches, called through ctypes --------------------------------------------------- */

EXPORT void shim_arm(const char *watched, void *log, uint64_t log_size, int with_data) {
    root_size = strlen(watched);
    memcpy(root, watched, root_size + 1);
    memory = log;
    memory_size = log_size;
    *(uint64_t *)memory = 8;
    keep_data = with_data;
    step = kill_at = fail_from = fail_to = 0;
    owner = getpid();
    armed = 1;
}
EXPORT void shim_disarm(void) { armed = 0; }
EXPORT void shim_kill(int64_t at, int halfway) { kill_at = at; kill_halfway = halfway; }
EXPORT void shim_fail(int64_t from, int64_t to, int error, uint64_t ops, int half_first) {
    fail_from = from; fail_to = to; fail_errno = error; fail_ops = ops; fail_half_first = half_first;
}
EXPORT int64_t shim_steps(void) { return step; }
EXPORT void shim_mark(int note, const char *text) {
    struct event event = {.op = note ? OP_NOTE : OP_CONFIRM, .path = text};
    if (!armed) return;
    shim_lock();
    shim_note(&event);
    shim_unlock();
}

/* ---- may the next step happen? (lock held) ------------------------------------------------ */

enum verdict shim_gate(int op) {
    int64_t now = ++step;
    if (!armed) return GO;
    if (now == kill_at) {
        if (kill_halfway && op == OP_WRITE) return DIE_HALFWAY;
        shim_die();
    }
    if (fail_from && now >= fail_from && now <= fail_to && (fail_ops >> op & 1)) {
        if (fail_half_first && now == fail_from) return op == OP_WRITE ? HALF : GO;
        errno = fail_errno;
        return REFUSE;
    }
    return GO;
}

/* ---- paths and open files --------------------------------------------------------------- */

static void tidy(char *path) {          /* "/a/./b/../c" to "/a/c", in place */
    char *from = path, *to = path;
    while (*from) {
        while (*from == '/') from++;
        size_t part = strcspn(from, "/");
        if (part == 2 && from[0] == '.' && from[1] == '.') {
            while (to > path && *--to != '/') {}
        } else if (part && !(part == 1 && *from == '.')) {
            *to++ = '/';
            memmove(to, from, part);
            to += part;
        }
        from += part;
    }
    if (to == path) *to++ = '/';
    *to = 0;
}

static int fd_path(int fd, char *out) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long size = syscall(SYS_readlinkat, AT_FDCWD, link, out, SHIM_PATH - 1);
    if (size < 0) return 0;
    out[size] = 0;
    return 1;
}

/* Write the full path to `out`; answer whether it is a place we watch. */
int shim_path(int dirfd, const char *path, char *out) {
    size_t base = 0;
    int kept = errno;
    if (!path || !shim_active()) return 0;
    if (*path != '/') {
        if (dirfd == AT_FDCWD) {
            if (syscall(SYS_getcwd, out, SHIM_PATH) < 0) return errno = kept, 0;
        } else if (!fd_path(dirfd, out)) {
            return errno = kept, 0;
        }
        base = strlen(out);
        out[base++] = '/';
    }
    errno = kept;
    if (base + strlen(path) >= SHIM_PATH) return 0;
    strcpy(out + base, path);
    tidy(out);
    if (tree) return strncmp(out, "/proc/", 6) && strncmp(out, "/dev/pts", 8) && strncmp(out, "/sys/", 5);
    return !strncmp(out, root, root_size) && (out[root_size] == '/' || !out[root_size]);
}

void shim_adopt(int fd, unsigned flags, const char *path) {
    if (fd < 0 || fd >= FDS) return;
    shim_forget(fd);
    slots[fd] = (struct slot){path ? next_handle++ : IGNORED, flags, path ? strdup(path) : NULL};
}

void shim_forget(int fd) {
    if (fd < 0 || fd >= FDS) return;
    free(slots[fd].path);
    slots[fd] = (struct slot){0, 0, NULL};
}

void shim_duplicate(int from, int to) {
    if (from == to || from < 0 || to < 0 || from >= FDS || to >= FDS) return;
    shim_forget(to);
    slots[to] = slots[from];
    if (slots[from].path) slots[to].path = strdup(slots[from].path);
}

/* In a tree, a file may come from anywhere (inherited, mkstemp, sent over a socket): look at it. */
static void recognise(int fd) {
    struct stat about;
    char path[SHIM_PATH];
    int kept = errno;
    if (!fstat(fd, &about)) {
        int file = S_ISREG(about.st_mode) || S_ISBLK(about.st_mode);
        shim_adopt(fd, 0, file ? (fd_path(fd, path) ? path : "(unnamed)") : NULL);
    }
    errno = kept;
}

struct slot *shim_watched(int fd) {
    if (fd < 0 || fd >= FDS || !shim_active()) return NULL;
    if (!slots[fd].handle && tree) recognise(fd);
    return slots[fd].handle && slots[fd].handle != IGNORED ? &slots[fd] : NULL;
}

/* ---- the log (lock held) ----------------------------------------------------------------- */

static size_t gather(const struct event *event, size_t skip, unsigned char *to, size_t room) {
    size_t done = 0;
    for (int i = 0; i < event->data_count && done < room; i++) {
        size_t size = event->data[i].iov_len;
        if (skip >= size) { skip -= size; continue; }
        size_t part = size - skip < room - done ? size - skip : room - done;
        memcpy(to + done, (char *)event->data[i].iov_base + skip, part);
        done += part;
        skip = 0;
    }
    return done;
}

static unsigned char *put_text(unsigned char *to, const char *text, size_t size) {
    memcpy(to, text, size);
    return to + size;
}

static struct head heading(const struct event *event, size_t one, size_t two, size_t data) {
    return (struct head){
        .total = (uint32_t)(sizeof(struct head) + one + two + data), .op = (uint16_t)event->op,
        .path_size = (uint16_t)one, .path2_size = (uint16_t)two,
        .pid = (uint32_t)syscall(SYS_getpid), .thread = (uint32_t)syscall(SYS_gettid),
        .handle = event->handle, .flags = event->flags, .step = step, .offset = event->offset,
        .result = event->result, .error = (uint32_t)event->error, .data_size = (uint32_t)data};
}

static void to_memory(const struct event *event, size_t data) {
    size_t one = event->path ? strlen(event->path) : 0, two = event->path2 ? strlen(event->path2) : 0;
    uint64_t used = *(uint64_t *)memory;
    struct head head = heading(event, one, two, keep_data ? data : 0);
    if (used == UINT64_MAX || used + head.total > memory_size) {
        *(uint64_t *)memory = UINT64_MAX;
        return;
    }
    unsigned char *at = memory + used;
    at = put_text(at, (char *)&head, sizeof head);
    at = put_text(at, event->path ? event->path : "", one);
    at = put_text(at, event->path2 ? event->path2 : "", two);
    gather(event, 0, at, head.data_size);
    *(uint64_t *)memory = used + head.total;
}

static const char *last_of(const char *path, size_t *size) {
    *size = path ? strlen(path) : 0;
    size_t cut = *size > PIPE_NAME ? *size - PIPE_NAME : 0;
    *size -= cut;
    return path ? path + cut : "";
}

static void to_pipe(const struct event *event, size_t data) {
    unsigned char record[PIPE_RECORD];
    size_t one, two, sent = 0;
    const char *path = last_of(event->path, &one), *path2 = last_of(event->path2, &two);
    do {
        size_t room = PIPE_RECORD - sizeof(struct head) - one - two;
        size_t part = data - sent < room ? data - sent : room;
        struct head head = heading(event, one, two, part);
        head.offset += (int64_t)sent;
        head.continued = sent > 0;
        unsigned char *at = put_text(record, (char *)&head, sizeof head);
        at = put_text(put_text(at, path, one), path2, two);
        gather(event, sent, at, part);
        while (syscall(SYS_write, pipe_fd, record, head.total) < 0 && errno == EINTR) {}
        sent += part;
    } while (sent < data);
}

void shim_note(const struct event *event) {
    int kept = errno;
    size_t data = event->data_count && event->result > 0 ? (size_t)event->result : 0;
    if (tree) to_pipe(event, data);
    else if (armed) to_memory(event, data);
    errno = kept;
}

/* ---- starting, forking, starting others ---------------------------------------------------- */

char **shim_environment(char *const given[], char **room, char preload[], char log[]) {
    size_t n = 0;
    const char *library = getenv("LD_PRELOAD");
    if (!tree || !library) return (char **)given;
    for (; given && given[n]; n++) room[n] = given[n];
    for (size_t i = 0; i < n; i++)
        if (!strncmp(room[i], "STILLMINE_WRITES=", 17)) return (char **)given;
    snprintf(preload, SHIM_PATH, "LD_PRELOAD=%s", library);
    snprintf(log, SHIM_PATH + 32, "STILLMINE_WRITES=%s", pipe_path);
    room[n] = preload;
    room[n + 1] = log;
    room[n + 2] = NULL;
    return room;
}

static void after_fork(void) {
    armed = 0;
    owner = getpid();
    pthread_mutex_unlock(&lock);
}

__attribute__((constructor)) static void start(void) {
    const char *named = getenv("STILLMINE_WRITES");
    char program[SHIM_PATH] = "";
    owner = getpid();
    pthread_atfork(shim_lock, shim_unlock, after_fork);
    if (!named || strlen(named) >= SHIM_PATH) return;
    strcpy(pipe_path, named);
    long fd = syscall(SYS_openat, AT_FDCWD, named, O_WRONLY | O_CLOEXEC, 0);
    if (fd < 0) return;
    long high = syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 700);
    if (high >= 0) syscall(SYS_close, fd);
    pipe_fd = (int)(high >= 0 ? high : fd);
    tree = 1;
    long size = syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", program, SHIM_PATH - 1);
    shim_note(&(struct event){.op = OP_HELLO, .path = size > 0 ? program : "(unknown)"});
}
