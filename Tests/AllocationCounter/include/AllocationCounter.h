#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

/// Whether allocations are counted: a sanitizer has an allocator of its own.
bool allocation_counter_is_there(void);

/// How many pieces of memory this thread has asked for so far.
uint64_t allocation_counter_count(void);

#endif
