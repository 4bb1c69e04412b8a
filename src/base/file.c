#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

int file_open(const char *path, int column, Error *err)
{
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        fail(err, column, "cannot read %s: %s", path, strerror(errno));
    } else if (!fstat(descriptor, &status) && S_ISDIR(status.st_mode)) {
        close(descriptor);
        descriptor = -1;
        fail(err, column, "cannot read %s: it is a directory", path);
    }
    return descriptor;
}

static bool read_all(int descriptor, size_t most, Text *text)
{
    enum { CHUNK = 64 * 1024 };
    char chunk[CHUNK];
    for (size_t length = 0;;) {
        ssize_t got = read(descriptor, chunk, CHUNK);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0;
        length += (size_t)got;
        errno = EFBIG;
        if (length > most) return false;
        text_add_bytes(text, chunk, (size_t)got);
    }
}

bool file_read(const char *path, size_t most, Text *text, int column, Error *err)
{
    int descriptor = file_open(path, column, err);
    if (descriptor < 0) return false;
    bool ok = read_all(descriptor, most, text);
    int reason = errno;
    close(descriptor);
    return ok || fail(err, column, "cannot read %s: %s", path, strerror(reason));
}

static bool write_all(int descriptor, const char *bytes, size_t length)
{
    while (length) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes += written;
        length -= (size_t)written;
    }
    return fsync(descriptor) == 0 || errno == EINVAL;
}

/* A new file has the mode that open would give it, not mkstemp's. */
static mode_t usual_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* What replaces a file is its owner's and its group's, as far as they can be given it. */
static bool make_like(int descriptor, const char *path)
{
    struct stat status;
    if (stat(path, &status)) return !fchmod(descriptor, usual_mode());
    bool given = !fchown(descriptor, status.st_uid, status.st_gid) ||
                 !fchown(descriptor, (uid_t)-1, status.st_gid);
    return !fchmod(descriptor, status.st_mode & (given ? 07777 : 0777));
}

static bool write_beside(const char *path, char *temporary, const char *bytes, size_t length)
{
    int descriptor = mkstemp(temporary);
    if (descriptor < 0) return false;
    bool ok = write_all(descriptor, bytes, length) && make_like(descriptor, path);
    ok = !close(descriptor) && ok && !rename(temporary, path);
    int reason = errno;
    if (!ok) unlink(temporary);
    errno = reason;
    return ok;
}

static bool replace_at(const char *path, const char *bytes, size_t length)
{
    enum { UNIQUE = 6 }; /* letters that mkstemp puts in place of as many X */
    Text temporary = {0};
    text_print(&temporary, "%s.", path);
    text_repeat(&temporary, 'X', UNIQUE);
    bool ok = write_beside(path, temporary.bytes, bytes, length);
    text_release(&temporary);
    return ok;
}

bool file_replace(const char *path, const char *bytes, size_t length, int column, Error *err)
{
    struct stat status;
    bool exists = !stat(path, &status);
    if (exists && !S_ISREG(status.st_mode))
        return fail(err, column, "cannot write %s: it is no ordinary file", path);
    /* what a link points to is replaced, not the link */
    char *target = exists ? realpath(path, NULL) : memory_copy(path);
    bool writable = target && (!exists || !access(target, W_OK));
    bool ok = writable && replace_at(target, bytes, length);
    int reason = errno;
    free(target);
    return ok || fail(err, column, "cannot write %s: %s", path, strerror(reason));
}

bool file_ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), end = strlen(ending);
    return length > end && !strcmp(path + length - end, ending);
}

char *file_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = memory_copy(slash ? path : ".");
    if (slash) folder[slash == path ? 1 : slash - path] = '\0';
    return folder;
}

void file_make_folders(const char *path)
{
    char *folder = memory_copy(path);
    for (char *slash = folder; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        mkdir(folder, 0700);
        *slash = '/';
    }
    free(folder);
}
