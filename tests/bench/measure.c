/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * measure N COMMAND [COMMAND ...]: runs the shell commands in turn, N rounds after one that does not count, and prints of each the
 * median of the seconds, of the processor's seconds and of the peak memory; and the first one's seconds as a ratio to each other
 * one's, the median of the rounds: what disturbs a round disturbs both sides of it.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_COMMANDS = 8, MOST_ROUNDS = 99 };

typedef struct {
    double seconds[MOST_ROUNDS], cpu[MOST_ROUNDS], mebibytes[MOST_ROUNDS];
} series;

static double now(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static double seconds_of(struct timeval value)
{
    return (double)value.tv_sec + 1e-6 * (double)value.tv_usec;
}

static int run(const char *command, int round, series *out)
{
    struct rusage used;
    int ended = 0;
    double begin = now();
    pid_t child = fork();
    if (child == 0) {
        (void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &ended, 0, &used) < 0 || !WIFEXITED(ended) || WEXITSTATUS(ended) != 0) {
        (void)fprintf(stderr, "measure: failed: %s\n", command);
        return 1;
    }
    if (round >= 0) {
        out->seconds[round] = now() - begin;
        out->cpu[round] = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
        out->mebibytes[round] = (double)used.ru_maxrss / 1024;
    }
    return 0;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(const double *values, int n)
{
    double sorted[MOST_ROUNDS];
    for (int i = 0; i < n; i++)
        sorted[i] = values[i];
    qsort(sorted, (size_t)n, sizeof sorted[0], compare);
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

static void print_ratio(const series *first, const series *other, int n, char name)
{
    double ratios[MOST_ROUNDS];
    for (int i = 0; i < n; i++)
        ratios[i] = first->seconds[i] / other->seconds[i];
    printf("  A/%c %.3f\n", name, median(ratios, n));
}

int main(int argc, char **argv)
{
    static series all[MOST_COMMANDS];
    int n = argc > 2 ? atoi(argv[1]) : 0, n_commands = argc - 2;
    if (n < 1 || n > MOST_ROUNDS || n_commands > MOST_COMMANDS) {
        (void)fprintf(stderr, "usage: measure N COMMAND [COMMAND ...]\n");
        return 2;
    }
    for (int round = -1; round < n; round++)
        for (int c = 0; c < n_commands; c++)
            if (run(argv[c + 2], round, &all[c]) != 0)
                return 1;
    for (int c = 0; c < n_commands; c++)
        printf("  %c %8.3f s  %8.3f s of processors  %6.0f MiB\n", 'A' + c, median(all[c].seconds, n),
               median(all[c].cpu, n), median(all[c].mebibytes, n));
    for (int c = 1; c < n_commands; c++)
        print_ratio(&all[0], &all[c], n, (char)('A' + c));
    return 0;
}
