/* What the shim knows and writes down: the switches, the table of open files, the log. */
#ifndef FSSHIM_H
#define FSSHIM_H

#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

/* The numbers are read by trace.py; keep both lists in step. */
enum op {
    OP_OPEN = 1, OP_CREATE, OP_WRITE, OP_TRUNCATE, OP_FSYNC, OP_FDATASYNC, OP_RANGE_SYNC,
    OP_SYNC_ALL, OP_RENAME, OP_LINK, OP_UNLINK, OP_MKDIR, OP_RMDIR, OP_ALLOCATE, OP_CHMOD,
    OP_EXCHANGE, OP_STRANGE, OP_CONFIRM, OP_NOTE, OP_HELLO, OP_EXEC
};

struct head {                  /* one log record: this, then both paths, then the data */
    uint32_t total;
    uint16_t op, path_size, path2_size, continued;
    uint32_t pid, thread, handle, flags;
    int64_t step, offset, result;
    uint32_t error, data_size;
} __attribute__((packed));

struct event {                 /* the same before it is written down */
    int op;
    unsigned handle, flags;
    const char *path, *path2;
    int64_t offset, result;
    int error;
    const struct iovec *data;
    int data_count;
};

#define IGNORED 0xffffffffu    /* an open file that nobody asked about: pipe, socket, reading */

struct slot {
    unsigned handle;           /* 0: not known */
    unsigned flags;
    char *path;
};

enum verdict { GO, REFUSE, HALF, DIE_HALFWAY };

int shim_active(void);
int shim_tree(void);
struct slot *shim_watched(int fd);
int shim_path(int dirfd, const char *path, char *out);
void shim_adopt(int fd, unsigned flags, const char *path);
void shim_forget(int fd);
void shim_duplicate(int from, int to);
int shim_log_fd(void);
void shim_lock(void);
void shim_unlock(void);
enum verdict shim_gate(int op);
void shim_die(void);
void shim_note(const struct event *event);
char **shim_environment(char *const given[], char **room, char preload[], char log[]);

#define SHIM_PATH 4096
#define SHIM_EXTRA_ENV 3       /* two variables and the end mark */
#endif
