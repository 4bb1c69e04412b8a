#include <string.h>
#include <unistd.h>

#include "base/lines.h"
#include "base/text.h"
#include "unit.h"

/* A descriptor from which BYTES are read. */
static int containing(const char *bytes, size_t length)
{
    char name[] = "build/lines_test.XXXXXX";
    int descriptor = mkstemp(name);
    ck_assert_int_ge(descriptor, 0);
    unlink(name);
    ck_assert_int_eq(write(descriptor, bytes, length), (ssize_t)length);
    lseek(descriptor, 0, SEEK_SET);
    return descriptor;
}

/* Reads all of BYTES; a line is shown as "[line]", a refused one as "!column;". */
static void expect_lines(const char *bytes, size_t length, const char *expected)
{
    Text seen = {0};
    int descriptor = containing(bytes, length);
    Lines *lines = lines_new(descriptor);
    const char *line;
    size_t size;
    Error err;
    for (LineStatus status; (status = lines_next(lines, &line, &size, &err)) != LINE_END;) {
        ck_assert_int_ne(status, LINE_FAILED);
        if (status == LINE_READ) ck_assert_uint_eq(strlen(line), size);
        if (status == LINE_READ && size > 100)
            text_print(&seen, "[%zu]", size);
        else if (status == LINE_READ)
            text_print(&seen, "[%s]", line);
        else
            text_print(&seen, "!%d;", err.column);
    }
    ck_assert_str_eq(text_string(&seen), expected);
    text_release(&seen);
    lines_free(lines);
    close(descriptor);
}

START_TEST(test_ends_of_lines)
{
    static const struct {
        const char *bytes, *expected;
    } rows[] = {{"", ""},
                {"a", "[a]"},
                {"a\n", "[a]"},
                {"a\nb", "[a][b]"},
                {"\n\na\n", "[][][a]"},
                {"a\r\nb\r\n", "[a][b]"},
                {"a\rb\r\r\n", "[a\rb\r]"},
                {"\r\n", "[]"},
                {"\xef\xbb\xbfinit\n\xef\xbb\xbfx\n", "[init][\xef\xbb\xbfx]"},
                {"\xef\xbb\xbf", "[]"},
                {"ŷ ₁\n", "[ŷ ₁]"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        expect_lines(rows[i].bytes, strlen(rows[i].bytes), rows[i].expected);
}
END_TEST

START_TEST(test_refused_lines_are_skipped)
{
    expect_lines("a\nb\0c\nd\n", 8, "[a]!2;[d]");
    expect_lines("\xff\nx\xc3\ny", 6, "!1;!2;[y]");
    expect_lines("x\xed\xa0\x80\n", 5, "!2;"); /* a surrogate */
    expect_lines("\0", 1, "!1;");
}
END_TEST

/* One line of LENGTH letters with what surrounds it, then a line "z". */
static void expect_long(const char *before, size_t length, const char *end, const char *expected)
{
    Text bytes = {0};
    text_add(&bytes, before);
    text_repeat(&bytes, 'x', (int)length);
    text_add(&bytes, end);
    text_add(&bytes, "z");
    expect_lines(bytes.bytes, bytes.length, expected);
    text_release(&bytes);
}

START_TEST(test_length_limit)
{
    expect_long("", LINE_LIMIT, "\n", "[65536][z]");
    expect_long("\xef\xbb\xbf", LINE_LIMIT, "\r\n", "[65536][z]");
    expect_long("", LINE_LIMIT + 1, "\n", "!65537;[z]");
    expect_long("a\n", LINE_LIMIT + 1, "\r\n", "[a]!65537;[z]");
    expect_long("", 10 * LINE_LIMIT, "\n", "!65537;[z]");
    expect_long("", 10 * LINE_LIMIT, "", "!65537;");
    expect_long("\xef\xbb\xbf", 10 * LINE_LIMIT, "\n\xef\xbb\xbf", "!65537;[\xef\xbb\xbfz]");
}
END_TEST

START_TEST(test_many_lines_across_reads)
{
    Text bytes = {0}, expected = {0};
    for (int i = 0; i < 40000; i++) {
        text_print(&bytes, "line %d\n", i);
        text_print(&expected, "[line %d]", i);
    }
    expect_lines(bytes.bytes, bytes.length, expected.bytes);
    text_release(&bytes);
    text_release(&expected);
}
END_TEST

/* The reading end of a pipe into which a child writes BYTES, so many at a time. */
static int dripping(const char *bytes, size_t length, size_t step)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    if (fork() == 0) {
        for (size_t at = 0; at < length; at += step) {
            size_t size = length - at < step ? length - at : step;
            if (write(ends[1], bytes + at, size) < 0) _exit(1);
            usleep(5000);
        }
        _exit(0);
    }
    close(ends[1]);
    return ends[0];
}

START_TEST(test_a_pipe_that_gives_single_bytes)
{
    const char bytes[] = "\xef\xbb\xbf"
                         "a\r\nŷ\n";
    int descriptor = dripping(bytes, strlen(bytes), 1);
    Lines *lines = lines_new(descriptor);
    const char *line;
    size_t length;
    ck_assert_int_eq(lines_next(lines, &line, &length, NULL), LINE_READ);
    ck_assert_str_eq(line, "a");
    ck_assert_int_eq(lines_next(lines, &line, &length, NULL), LINE_READ);
    ck_assert_str_eq(line, "ŷ");
    ck_assert_int_eq(lines_next(lines, &line, &length, NULL), LINE_END);
    ck_assert_int_eq(lines_next(lines, &line, &length, NULL), LINE_END);
    lines_free(lines);
    close(descriptor);
}
END_TEST

START_TEST(test_the_longest_line_may_be_waited_for)
{
    Text bytes = {0};
    text_add(&bytes, "\xef\xbb\xbf");
    text_repeat(&bytes, 'x', LINE_LIMIT);
    text_add(&bytes, "\r\n");
    int descriptor = dripping(bytes.bytes, bytes.length, bytes.length - 1);
    Lines *lines = lines_new(descriptor);
    const char *line;
    size_t length;
    ck_assert_int_eq(lines_next(lines, &line, &length, NULL), LINE_READ);
    ck_assert_uint_eq(length, LINE_LIMIT);
    lines_free(lines);
    close(descriptor);
    text_release(&bytes);
}
END_TEST

START_TEST(test_ready_means_without_reading)
{
    int ends[2];
    const char *line;
    size_t length;
    ck_assert_int_eq(pipe(ends), 0);
    Lines *lines = lines_new(ends[0]);
    ck_assert(!lines_ready(lines));
    ck_assert_int_eq(write(ends[1], "a\nb\nc", 5), 5);
    ck_assert_int_eq(lines_next(lines, &line, &length, NULL), LINE_READ);
    ck_assert(lines_ready(lines));
    ck_assert_int_eq(lines_next(lines, &line, &length, NULL), LINE_READ);
    ck_assert(!lines_ready(lines));
    close(ends[1]);
    ck_assert_int_eq(lines_next(lines, &line, &length, NULL), LINE_READ);
    ck_assert_str_eq(line, "c");
    ck_assert(lines_ready(lines));
    ck_assert_int_eq(lines_next(lines, &line, &length, NULL), LINE_END);
    lines_free(lines);
    close(ends[0]);
}
END_TEST

START_TEST(test_a_failed_read_is_reported)
{
    Lines *lines = lines_new(-1);
    const char *line;
    size_t length;
    Error err;
    ck_assert_int_eq(lines_next(lines, &line, &length, &err), LINE_FAILED);
    ck_assert_str_eq(err.message, "Bad file descriptor");
    lines_free(lines);
}
END_TEST

START_TEST(test_line_check)
{
    Error err;
    ck_assert(line_check("", 0, &err));
    ck_assert(line_check("ŷ = 3", 6, &err));
    ck_assert(!line_check("ab\xfe", 3, &err));
    ck_assert_int_eq(err.column, 3);
    ck_assert_str_eq(err.message, "byte 3 of the line (0xfe) is not UTF-8");
    ck_assert(!line_check("a\0b", 3, &err));
    ck_assert_int_eq(err.column, 2);
}
END_TEST

UNIT("lines", test_ends_of_lines, test_refused_lines_are_skipped, test_length_limit,
     test_many_lines_across_reads, test_a_pipe_that_gives_single_bytes,
     test_the_longest_line_may_be_waited_for, test_ready_means_without_reading,
     test_a_failed_read_is_reported, test_line_check)
