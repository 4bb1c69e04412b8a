#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"

bool fail(Error *err, int column, const char *format, ...)
{
    if (!err) return false;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    err->column = column;
    return false;
}
