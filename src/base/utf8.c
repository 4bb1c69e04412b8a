#include <stdbool.h>

#include "base/utf8.h"

size_t utf8_decode(const char *bytes, size_t length, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *s = (const unsigned char *)bytes;
    if (s[0] < 0x80) return *code = s[0], 1;
    size_t size = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc0 || s[0] > 0xf4 || size > length) return 0;
    uint32_t value = s[0] & (0xffu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if ((s[i] & 0xc0) != 0x80) return 0;
        value = value << 6 | (s[i] & 0x3f);
    }
    bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (value < least[size] || value > 0x10ffff || surrogate) return 0;
    *code = value;
    return size;
}

size_t utf8_valid_prefix(const char *bytes, size_t length)
{
    size_t at = 0;
    for (uint32_t code; at < length;) {
        size_t size = utf8_decode(bytes + at, length - at, &code);
        if (!size) break;
        at += size;
    }
    return at;
}

typedef struct Range {
    uint32_t first, last;
} Range;

static bool in_ranges(uint32_t code, const Range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code >= ranges[i].first && code <= ranges[i].last) return true;
    return false;
}

/* Unicode's East_Asian_Width W and F and its Mn/Me classes, in the blocks that
   file names and table headings are likely to hold. */
static const Range wide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},  {0x3041, 0xa4cf},
                             {0xac00, 0xd7a3},   {0xf900, 0xfaff},  {0xfe30, 0xfe6f},
                             {0xff00, 0xff60},   {0xffe0, 0xffe6},  {0x1f300, 0x1f64f},
                             {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
static const Range combining[] = {{0x0300, 0x036f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
                                  {0x200c, 0x200d}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f},
                                  {0xfe20, 0xfe2f}};
/* C0, C1; the signs that turn text around or that nobody sees. The joiners U+200C and U+200D stay:
   scripts and emoji are spelled with them. */
static const Range unsafe[] = {{0x00, 0x1f},     {0x7f, 0x9f},      {0x061c, 0x061c},
                               {0x180e, 0x180e}, {0x200b, 0x200b},  {0x200e, 0x200f},
                               {0x2028, 0x202e}, {0x2060, 0x206f},  {0xfeff, 0xfeff},
                               {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};

#define IN(code, ranges) in_ranges(code, ranges, sizeof(ranges) / sizeof(ranges)[0])

int utf8_width(const char *bytes, size_t length)
{
    int width = 0;
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t size = utf8_decode(bytes + at, length - at, &code);
        if (size == 1 || !size)
            width++;
        else if (!IN(code, combining))
            width += IN(code, wide) ? 2 : 1;
        at += size ? size : 1;
    }
    return width;
}

bool utf8_is_safe(uint32_t code)
{
    bool printable = code >= ' ' && code <= '~'; /* most are */
    return printable || !IN(code, unsafe);
}

void utf8_add_escaped(Text *text, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t size = utf8_decode(bytes + at, length - at, &code);
        if (!size)
            text_print(text, "\\x%02x", (unsigned char)bytes[at]);
        else if (utf8_is_safe(code))
            text_add_bytes(text, bytes + at, size);
        else
            text_print(text, code < 0x100 ? "\\x%02x" : "\\u%04x", code);
        at += size ? size : 1;
    }
}
