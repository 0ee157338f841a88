/* Stands between a program and the file system: counts each changing step, stops it, or writes it down.
 *
 * Loaded with LD_PRELOAD, so Python's calls and SQLite's pass through here alike. A step is made
 * and written down under one lock: the log shows the order in which the kernel saw the steps.
 * What it cannot see is said, not passed over: writes through shared memory maps, through stdio
 * (FILE *) and odd calls leave an OP_STRANGE record, and the readers of the log refuse those.
 * Programs that call the kernel directly (Go) say no OP_HELLO after their OP_EXEC. */
#define _GNU_SOURCE
#include "fsshim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define SAME(name, as, result, ...) EXPORT result name(__VA_ARGS__) __attribute__((alias(#as)))

/* One step without data: ask, do, write down. `call` is evaluated at most once. */
#define STEP(event_, call) ({                                                   \
    struct event e_ = event_;                                                   \
    shim_lock();                                                                \
    long r_ = shim_gate(e_.op) == REFUSE ? -1 : (long)(call);                   \
    e_.result = r_;                                                             \
    e_.error = r_ < 0 ? errno : 0;                                              \
    shim_note(&e_);                                                             \
    shim_unlock();                                                              \
    r_; })
#define EVENT(...) ((struct event){__VA_ARGS__})
#define OF(slot) .handle = (slot)->handle, .flags = (slot)->flags, .path = (slot)->path

static void strange(const struct slot *slot, const char *path, const char *what) {
    shim_lock();
    shim_note(&EVENT(.op = OP_STRANGE, .handle = slot ? slot->handle : 0, .path = path, .path2 = what));
    shim_unlock();
}

/* ---- opening and closing ------------------------------------------------------------------- */

static int open_any(int dirfd, const char *path, int flags, mode_t mode) {
    char full[SHIM_PATH];
    int changes = flags & (O_CREAT | O_TRUNC) || (flags & O_TMPFILE) == O_TMPFILE;
    int reads = shim_tree() && !changes && (flags & O_ACCMODE) == O_RDONLY;
    if (reads || !shim_path(dirfd, path, full)) {
        int fd = (int)syscall(SYS_openat, dirfd, path, flags, mode);
        if (fd >= 0 && shim_active()) shim_forget(fd);
        return fd;
    }
    shim_lock();
    int refused = changes && shim_gate(OP_CREATE) == REFUSE;
    int fd = refused ? -1 : (int)syscall(SYS_openat, dirfd, path, flags, mode);
    int writes = (flags & O_ACCMODE) != O_RDONLY;
    if (fd >= 0 && !shim_tree()) shim_adopt(fd, (unsigned)flags, full);
    if (fd >= 0 && shim_tree()) shim_forget(fd);      /* looked at when it is first written to */
    struct slot *slot = fd >= 0 && writes ? shim_watched(fd) : NULL;
    if (fd >= 0 && !shim_tree()) slot = shim_watched(fd);
    if (!shim_tree() || slot)
        shim_note(&EVENT(.op = changes ? OP_CREATE : OP_OPEN, .handle = slot ? slot->handle : 0,
                         .flags = (unsigned)flags, .path = full, .offset = mode, .result = fd,
                         .error = fd < 0 ? errno : 0));
    shim_unlock();
    return fd;
}

static mode_t mode_of(int flags, va_list more) {
    return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
}

EXPORT int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    return open_any(AT_FDCWD, path, flags, mode);
}
SAME(open64, open, int, const char *, int, ...);

EXPORT int openat(int dirfd, const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    return open_any(dirfd, path, flags, mode);
}
SAME(openat64, openat, int, int, const char *, int, ...);

EXPORT int __open_2(const char *path, int flags) { return open_any(AT_FDCWD, path, flags, 0); }
SAME(__open64_2, __open_2, int, const char *, int);
EXPORT int __openat_2(int dirfd, const char *path, int flags) { return open_any(dirfd, path, flags, 0); }
SAME(__openat64_2, __openat_2, int, int, const char *, int);
EXPORT int creat(const char *path, mode_t mode) {
    return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
SAME(creat64, creat, int, const char *, mode_t);

EXPORT int close(int fd) {
    if (fd >= 0 && fd == shim_log_fd()) return 0;
    if (shim_active()) shim_forget(fd);
    return (int)syscall(SYS_close, fd);
}

EXPORT int close_range(unsigned first, unsigned last, int flags) {
    int log = shim_log_fd(), live = shim_active() && !flags;
    for (unsigned fd = first; live && fd <= last && fd < 65536; fd++) shim_forget((int)fd);
    if (log < 0 || first > (unsigned)log || last < (unsigned)log)
        return (int)syscall(SYS_close_range, first, last, flags);
    if (first < (unsigned)log) syscall(SYS_close_range, first, log - 1, flags);
    return last > (unsigned)log ? (int)syscall(SYS_close_range, log + 1, last, flags) : 0;
}

EXPORT int fclose(FILE *file) {
    static int (*real)(FILE *);
    if (!real) real = (int (*)(FILE *))dlsym(RTLD_NEXT, "fclose");
    if (shim_active()) shim_forget(fileno(file));
    return real(file);
}

EXPORT int dup(int fd) {
    int to = (int)syscall(SYS_dup, fd);
    if (to >= 0 && shim_active()) shim_duplicate(fd, to);
    return to;
}
EXPORT int dup3(int fd, int to, int flags) {
    int got = (int)syscall(SYS_dup3, fd, to, flags);
    if (got >= 0 && shim_active()) shim_duplicate(fd, to);
    return got;
}
EXPORT int dup2(int fd, int to) { return fd == to ? (fcntl(fd, F_GETFD) < 0 ? -1 : to) : dup3(fd, to, 0); }

EXPORT int fcntl(int fd, int command, ...) {
    va_list more;
    va_start(more, command);
    void *extra = va_arg(more, void *);
    va_end(more);
    int got = (int)syscall(SYS_fcntl, fd, command, extra);
    if (got >= 0 && (command == F_DUPFD || command == F_DUPFD_CLOEXEC) && shim_active())
        shim_duplicate(fd, got);
    return got;
}
SAME(fcntl64, fcntl, int, int, int, ...);

/* ---- writing --------------------------------------------------------------------------------- */

static long put(int fd, const struct iovec *data, int count, off_t at) {
    return at < 0 ? syscall(SYS_writev, fd, data, count)
                  : syscall(SYS_pwritev, fd, data, count, (long)at, 0L);
}

static ssize_t write_any(int fd, struct slot *slot, const struct iovec *data, int count, off_t at) {
    struct event event = {.op = OP_WRITE, OF(slot), .data = data, .data_count = count};
    shim_lock();
    enum verdict verdict = shim_gate(OP_WRITE);
    struct iovec half = {data[0].iov_base, (data[0].iov_len + 1) / 2};
    int halved = (verdict == HALF || verdict == DIE_HALFWAY) && data[0].iov_len > 1;
    long done = verdict == REFUSE ? -1 : put(fd, halved ? &half : data, halved ? 1 : count, at);
    if (verdict == DIE_HALFWAY) shim_die();
    event.result = done;
    event.error = done < 0 ? errno : 0;
    if (done >= 0) {
        int appends = (int)syscall(SYS_fcntl, fd, F_GETFL) & O_APPEND;
        event.offset = at < 0 ? lseek(fd, 0, SEEK_CUR) - done
                              : appends ? lseek(fd, 0, SEEK_END) - done : at;
    }
    shim_note(&event);
    shim_unlock();
    return done;
}

EXPORT ssize_t write(int fd, const void *data, size_t size) {
    struct slot *slot = shim_watched(fd);
    if (!slot) return syscall(SYS_write, fd, data, size);
    return write_any(fd, slot, &(struct iovec){(void *)data, size}, 1, -1);
}
EXPORT ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    struct slot *slot = shim_watched(fd);
    if (!slot) return syscall(SYS_pwrite64, fd, data, size, at);
    return write_any(fd, slot, &(struct iovec){(void *)data, size}, 1, at);
}
SAME(pwrite64, pwrite, ssize_t, int, const void *, size_t, off_t);
EXPORT ssize_t writev(int fd, const struct iovec *data, int count) {
    struct slot *slot = count > 0 ? shim_watched(fd) : NULL;
    return slot ? write_any(fd, slot, data, count, -1) : syscall(SYS_writev, fd, data, count);
}
EXPORT ssize_t pwritev(int fd, const struct iovec *data, int count, off_t at) {
    struct slot *slot = count > 0 ? shim_watched(fd) : NULL;
    return slot ? write_any(fd, slot, data, count, at) : syscall(SYS_pwritev, fd, data, count, at, 0L);
}
SAME(pwritev64, pwritev, ssize_t, int, const struct iovec *, int, off_t);
EXPORT ssize_t pwritev2(int fd, const struct iovec *data, int count, off_t at, int flags) {
    struct slot *slot = count > 0 ? shim_watched(fd) : NULL;
    if (slot && flags) strange(slot, slot->path, "pwritev2 with flags");
    return slot ? write_any(fd, slot, data, count, at)
                : syscall(SYS_pwritev2, fd, data, count, at, 0L, flags);
}
SAME(pwritev64v2, pwritev2, ssize_t, int, const struct iovec *, int, off_t, int);

/* Copies made by the kernel: done first, then the bytes are read back for the log. */
static ssize_t copy_any(int out, struct slot *slot, long number, long a, long b, long c, long d,
                        long e, long f, const int64_t *out_at) {
    struct event event = {.op = OP_WRITE, OF(slot)};
    struct iovec copy = {NULL, 0};
    char self[64];
    shim_lock();
    int64_t at = out_at ? *out_at : lseek(out, 0, SEEK_CUR);
    enum verdict verdict = shim_gate(OP_WRITE);
    if (verdict == DIE_HALFWAY) shim_die();
    long done = verdict == REFUSE ? -1 : syscall(number, a, b, c, d, e, f);
    event.result = done;
    event.error = done < 0 ? errno : 0;
    event.offset = at;
    if (done > 0 && (copy.iov_base = malloc((size_t)done))) {
        snprintf(self, sizeof self, "/proc/self/fd/%d", out);
        long again = syscall(SYS_openat, AT_FDCWD, self, O_RDONLY | O_CLOEXEC, 0);
        long got = again < 0 ? -1 : syscall(SYS_pread64, again, copy.iov_base, done, at);
        if (again >= 0) syscall(SYS_close, again);
        copy.iov_len = (size_t)done;
        event.data = &copy;
        event.data_count = 1;
        if (got != done) event.op = OP_STRANGE, event.path2 = "kernel copy not read back";
    }
    shim_note(&event);
    shim_unlock();
    free(copy.iov_base);
    return done;
}

EXPORT ssize_t sendfile(int out, int in, off_t *from, size_t size) {
    struct slot *slot = shim_watched(out);
    if (!slot) return syscall(SYS_sendfile, out, in, from, size);
    return copy_any(out, slot, SYS_sendfile, out, in, (long)from, (long)size, 0, 0, NULL);
}
SAME(sendfile64, sendfile, ssize_t, int, int, off_t *, size_t);
EXPORT ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t size, unsigned flags) {
    struct slot *slot = shim_watched(out);
    if (!slot) return syscall(SYS_copy_file_range, in, from, out, to, size, flags);
    return copy_any(out, slot, SYS_copy_file_range, in, (long)from, out, (long)to, (long)size, flags, to);
}
EXPORT ssize_t splice(int in, off_t *from, int out, off_t *to, size_t size, unsigned flags) {
    struct slot *slot = shim_watched(out);
    if (!slot) return syscall(SYS_splice, in, from, out, to, size, flags);
    return copy_any(out, slot, SYS_splice, in, (long)from, out, (long)to, (long)size, flags, to);
}

/* ---- sizes, and asking the disk ------------------------------------------------------------ */

EXPORT int ftruncate(int fd, off_t size) {
    struct slot *slot = shim_watched(fd);
    if (!slot) return (int)syscall(SYS_ftruncate, fd, size);
    return (int)STEP(EVENT(OP_TRUNCATE, OF(slot), .offset = size), syscall(SYS_ftruncate, fd, size));
}
SAME(ftruncate64, ftruncate, int, int, off_t);
EXPORT int truncate(const char *path, off_t size) {
    char full[SHIM_PATH];
    if (!shim_path(AT_FDCWD, path, full)) return (int)syscall(SYS_truncate, path, size);
    return (int)STEP(EVENT(OP_TRUNCATE, .path = full, .offset = size), syscall(SYS_truncate, path, size));
}
SAME(truncate64, truncate, int, const char *, off_t);
EXPORT int fallocate(int fd, int mode, off_t at, off_t size) {
    struct slot *slot = shim_watched(fd);
    if (!slot) return (int)syscall(SYS_fallocate, fd, mode, at, size);
    if (mode) strange(slot, slot->path, "fallocate with a mode");
    return (int)STEP(EVENT(OP_ALLOCATE, OF(slot), .offset = at + size),
                     syscall(SYS_fallocate, fd, mode, at, size));
}
SAME(fallocate64, fallocate, int, int, int, off_t, off_t);
EXPORT int posix_fallocate(int fd, off_t at, off_t size) {
    return fallocate(fd, 0, at, size) ? errno : 0;
}
SAME(posix_fallocate64, posix_fallocate, int, int, off_t, off_t);
EXPORT int fsync(int fd) {
    struct slot *slot = shim_watched(fd);
    if (!slot) return (int)syscall(SYS_fsync, fd);
    return (int)STEP(EVENT(OP_FSYNC, OF(slot)), syscall(SYS_fsync, fd));
}
EXPORT int fdatasync(int fd) {
    struct slot *slot = shim_watched(fd);
    if (!slot) return (int)syscall(SYS_fdatasync, fd);
    return (int)STEP(EVENT(OP_FDATASYNC, OF(slot)), syscall(SYS_fdatasync, fd));
}
EXPORT int sync_file_range(int fd, off_t at, off_t size, unsigned flags) {
    struct slot *slot = shim_watched(fd);
    if (!slot) return (int)syscall(SYS_sync_file_range, fd, at, size, flags);
    return (int)STEP(EVENT(OP_RANGE_SYNC, OF(slot)), syscall(SYS_sync_file_range, fd, at, size, flags));
}
EXPORT int syncfs(int fd) {
    struct slot *slot = shim_watched(fd);
    if (!slot) return (int)syscall(SYS_syncfs, fd);
    return (int)STEP(EVENT(OP_SYNC_ALL, OF(slot)), syscall(SYS_syncfs, fd));
}
EXPORT void sync(void) {
    if (!shim_active()) { syscall(SYS_sync); return; }
    STEP(EVENT(.op = OP_SYNC_ALL), syscall(SYS_sync));
}

/* ---- names ------------------------------------------------------------------------------------ */

EXPORT int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags) {
    char one[SHIM_PATH], two[SHIM_PATH];
    int known = shim_path(from_dir, from, one), known2 = shim_path(to_dir, to, two);
    if (!known && !known2) return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
    int op = flags & RENAME_EXCHANGE ? OP_EXCHANGE : OP_RENAME;
    return (int)STEP(EVENT(op, .flags = flags, .path = one, .path2 = two),
                     syscall(SYS_renameat2, from_dir, from, to_dir, to, flags));
}
EXPORT int renameat(int from_dir, const char *from, int to_dir, const char *to) {
    return renameat2(from_dir, from, to_dir, to, 0);
}
EXPORT int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

EXPORT int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags) {
    char one[SHIM_PATH] = "", two[SHIM_PATH];
    if (!shim_path(to_dir, to, two)) return (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags);
    int fd = -1;                                /* a nameless file gets its name this way */
    if (!strncmp(from, "/proc/self/fd/", 14)) fd = atoi(from + 14);
    if (flags & AT_EMPTY_PATH) fd = from_dir;
    struct slot *slot = shim_watched(fd);
    if (!slot) shim_path(from_dir, from, one);
    return (int)STEP(EVENT(OP_LINK, .handle = slot ? slot->handle : 0, .path = one, .path2 = two),
                     syscall(SYS_linkat, from_dir, from, to_dir, to, flags));
}
EXPORT int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

EXPORT int symlinkat(const char *target, int dirfd, const char *path) {
    char full[SHIM_PATH];
    if (shim_path(dirfd, path, full)) strange(NULL, full, "symlink");
    return (int)syscall(SYS_symlinkat, target, dirfd, path);
}
EXPORT int symlink(const char *target, const char *path) { return symlinkat(target, AT_FDCWD, path); }

EXPORT int unlinkat(int dirfd, const char *path, int flags) {
    char full[SHIM_PATH];
    if (!shim_path(dirfd, path, full)) return (int)syscall(SYS_unlinkat, dirfd, path, flags);
    return (int)STEP(EVENT(flags & AT_REMOVEDIR ? OP_RMDIR : OP_UNLINK, .path = full),
                     syscall(SYS_unlinkat, dirfd, path, flags));
}
EXPORT int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
EXPORT int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
EXPORT int remove(const char *path) {
    int done = unlink(path);
    return done && errno == EISDIR ? rmdir(path) : done;
}

EXPORT int mkdirat(int dirfd, const char *path, mode_t mode) {
    char full[SHIM_PATH];
    if (!shim_path(dirfd, path, full)) return (int)syscall(SYS_mkdirat, dirfd, path, mode);
    return (int)STEP(EVENT(OP_MKDIR, .path = full, .offset = mode),
                     syscall(SYS_mkdirat, dirfd, path, mode));
}
EXPORT int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

EXPORT int fchmod(int fd, mode_t mode) {
    struct slot *slot = shim_watched(fd);
    if (!slot) return (int)syscall(SYS_fchmod, fd, mode);
    return (int)STEP(EVENT(OP_CHMOD, OF(slot), .offset = mode), syscall(SYS_fchmod, fd, mode));
}
EXPORT int fchmodat(int dirfd, const char *path, mode_t mode, int flags) {
    char full[SHIM_PATH];
    (void)flags;
    if (!shim_path(dirfd, path, full)) return (int)syscall(SYS_fchmodat, dirfd, path, mode);
    return (int)STEP(EVENT(OP_CHMOD, .path = full, .offset = mode),
                     syscall(SYS_fchmodat, dirfd, path, mode));
}
EXPORT int chmod(const char *path, mode_t mode) { return fchmodat(AT_FDCWD, path, mode, 0); }

/* ---- ways to write that pass us by: say so ----------------------------------------------------- */

EXPORT void *mmap(void *at, size_t size, int may, int flags, int fd, off_t from) {
    int shared = (flags & MAP_TYPE) == MAP_SHARED || (flags & MAP_TYPE) == MAP_SHARED_VALIDATE;
    struct slot *slot = fd >= 0 && shared && may & PROT_WRITE ? shim_watched(fd) : NULL;
    if (slot) strange(slot, slot->path, "mmap");
    return (void *)syscall(SYS_mmap, at, size, may, flags, fd, from);
}
SAME(mmap64, mmap, void *, void *, size_t, int, int, int, off_t);

static FILE *stream(const char *name, const char *path, const char *mode) {
    char full[SHIM_PATH];
    FILE *(*real)(const char *, const char *) = (FILE * (*)(const char *, const char *)) dlsym(RTLD_NEXT, name);
    if (strpbrk(mode, "wa+") && shim_path(AT_FDCWD, path, full)) strange(NULL, full, "stdio");
    return real(path, mode);
}
EXPORT FILE *fopen(const char *path, const char *mode) { return stream("fopen", path, mode); }
EXPORT FILE *fopen64(const char *path, const char *mode) { return stream("fopen64", path, mode); }
EXPORT FILE *fdopen(int fd, const char *mode) {
    FILE *(*real)(int, const char *) = (FILE * (*)(int, const char *)) dlsym(RTLD_NEXT, "fdopen");
    struct slot *slot = strpbrk(mode, "wa+") ? shim_watched(fd) : NULL;
    if (slot) strange(slot, slot->path, "stdio");
    return real(fd, mode);
}

/* ---- starting other programs: they are watched too ---------------------------------------------- */

extern char **environ;

static size_t entries(char *const list[]) {
    size_t n = 0;
    while (list && list[n]) n++;
    return n;
}

static void announce(const char *path, unsigned spawned) {
    char full[SHIM_PATH];
    if (!shim_tree() || (strchr(path, '/') && syscall(SYS_faccessat, AT_FDCWD, path, X_OK))) return;
    const char *found = strchr(path, '/') && shim_path(AT_FDCWD, path, full) ? full : path;
    shim_note(&EVENT(.op = OP_EXEC, .flags = spawned, .path = found));
}

#define WATCHED(given) (shim_environment(given, alloca((entries(given) + SHIM_EXTRA_ENV) * sizeof(char *)), \
                                         alloca(SHIM_PATH), alloca(SHIM_PATH + 32)))

EXPORT int execve(const char *path, char *const argv[], char *const env[]) {
    announce(path, 0);
    return (int)syscall(SYS_execve, path, argv, WATCHED(env));
}
EXPORT int execv(const char *path, char *const argv[]) { return execve(path, argv, environ); }
EXPORT int execvpe(const char *file, char *const argv[], char *const env[]) {
    int (*real)(const char *, char *const[], char *const[]) =
        (int (*)(const char *, char *const[], char *const[]))dlsym(RTLD_NEXT, "execvpe");
    announce(file, 0);
    return real(file, argv, WATCHED(env));
}
EXPORT int execvp(const char *file, char *const argv[]) { return execvpe(file, argv, environ); }

typedef int spawn_call(pid_t *, const char *, const posix_spawn_file_actions_t *,
                       const posix_spawnattr_t *, char *const[], char *const[]);
EXPORT int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attributes, char *const argv[], char *const env[]) {
    spawn_call *real = (spawn_call *)dlsym(RTLD_NEXT, "posix_spawn");
    announce(path, 1);
    return real(pid, path, actions, attributes, argv, WATCHED(env));
}
EXPORT int posix_spawnp(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attributes, char *const argv[], char *const env[]) {
    spawn_call *real = (spawn_call *)dlsym(RTLD_NEXT, "posix_spawnp");
    announce(path, 1);
    return real(pid, path, actions, attributes, argv, WATCHED(env));
}
