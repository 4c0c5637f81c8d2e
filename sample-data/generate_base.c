/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generate_base.h"

#include <math.h>

/* Both directions count eras of 400 years (146,097 days) from 1 March, so that the leap day is the last of its year. */
int sg_day_of(int year, int month, int day)
{
    int shifted = month <= 2 ? year - 1 : year;
    int era = shifted / 400;
    int year_of_era = shifted - era * 400;
    int month_from_march = (month + 9) % 12;
    int day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

void sg_day_split(int day, int *year, int *month, int *day_of_month)
{
    int shifted = day + 719468;
    int era = shifted / 146097;
    int day_of_era = shifted - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = era * 400 + year_of_era + (*month <= 2 ? 1 : 0);
}

int sg_year_of_program(int day)
{
    int year;
    int month;
    int day_of_month;
    sg_day_split(day, &year, &month, &day_of_month);
    return month >= 7 ? year : year - 1;
}

int sg_program_first(int program_year)
{
    return sg_day_of(program_year, 7, 1);
}

int sg_program_last(int program_year)
{
    return sg_day_of(program_year + 1, 6, 30);
}

int sg_age_at(int birth, int day)
{
    int from[3];
    int to[3];
    sg_day_split(birth, &from[0], &from[1], &from[2]);
    sg_day_split(day, &to[0], &to[1], &to[2]);
    bool birthday_passed = to[1] > from[1] || (to[1] == from[1] && to[2] >= from[2]);
    return to[0] - from[0] - (birthday_passed ? 0 : 1);
}

static uint64_t mix_split(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t rotate_left(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

static uint64_t draw_bits(sg_rng *rng)
{
    uint64_t *s = rng->s;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

void sg_rng_seed(sg_rng *rng, uint64_t seed, uint64_t stream)
{
    uint64_t state = seed;
    state = mix_split(&state) ^ (stream * 0xd1342543de82ef95u);
    for (int i = 0; i < 4; i++)
        rng->s[i] = mix_split(&state);
}

double sg_rng_unit(sg_rng *rng)
{
    return ((double)(draw_bits(rng) >> 11) + 0.5) * 0x1p-53;
}

int sg_rng_between(sg_rng *rng, int low, int high)
{
    uint64_t n = (uint64_t)(high - low) + 1;
    return low + (int)(((draw_bits(rng) >> 32) * n) >> 32);
}

bool sg_rng_chance(sg_rng *rng, double probability)
{
    return sg_rng_unit(rng) < probability;
}

double sg_rng_exponential(sg_rng *rng)
{
    return -log(sg_rng_unit(rng));
}

int sg_rng_pick(sg_rng *rng, const double *weights, int n_weights)
{
    double total = 0;
    for (int i = 0; i < n_weights; i++)
        total += weights[i];
    double u = sg_rng_unit(rng) * total;
    for (int i = 0; i < n_weights - 1; i++) {
        if (u < weights[i])
            return i;
        u -= weights[i];
    }
    return n_weights - 1;
}
