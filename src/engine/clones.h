/* CLONES before a function: it is compiled for several levels of the machine's vectors, and the
   loader takes the best. For plain loops that the compiler vectorises by itself; since no multiply
   is fused with an add, all of them give the same bits.

   Empty where the compiler or the C library cannot choose at load time, and in builds that
   instrument the code, whose runtime is not there yet when the loader chooses. A CLONES that is
   given to the compiler stands. */
#ifndef ENGINE_CLONES_H
#define ENGINE_CLONES_H

#include <limits.h> /* __GLIBC__ */

#ifdef CLONES
#elif defined __x86_64__ && defined __GLIBC__ && defined __OPTIMIZE__ && !defined __clang__ &&     \
    !defined __SANITIZE_ADDRESS__ && __GNUC__ >= 12
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

#endif
