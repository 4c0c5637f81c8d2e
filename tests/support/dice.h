/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dice: chance that is the same on every machine, for tests that draw their cases.
 */
#ifndef SG_TESTS_DICE_H
#define SG_TESTS_DICE_H

#include <stdint.h>

typedef struct {
    uint64_t state; /* the seed */
} dice;

/* 0 to sides - 1: splitmix64 (Steele, Lea and Flood 2014). */
static inline unsigned throw(dice * d, unsigned sides)
{
    uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (unsigned)((z ^ (z >> 31)) % sides);
}

#endif
