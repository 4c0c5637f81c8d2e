/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "skillgain/version.h"

static const sg_command *const commands[] = {
    &sg_command_init,    &sg_command_check,   &sg_command_import,     &sg_command_report, &sg_command_run,
    &sg_command_release, &sg_command_status,  &sg_command_quarantine, &sg_command_rules,  &sg_command_forget,
    &sg_command_explain, &sg_command_compare, &sg_command_verify,
};

static sg_cli cli = {.folder = ".", .log_format = "text", .jobs = 0};

static const sg_arg global_options[] = {
    {"-C", NULL, SG_ARG_TEXT, "DIR", "the workspace (default: this folder)", &cli.folder, NULL},
    {"--quiet", "-q", SG_ARG_FLAG, NULL, "say only what went wrong", &cli.quiet, NULL},
    {"--verbose", "-v", SG_ARG_FLAG, NULL, "say more", &cli.verbose, NULL},
    {"--log-format", NULL, SG_ARG_TEXT, "text|json", "form of messages on standard error", &cli.log_format,
     NULL},
    {"--no-progress", NULL, SG_ARG_FLAG, NULL, "no progress line on a terminal", &cli.no_progress, NULL},
    {"--jobs", NULL, SG_ARG_COUNT, "N", "threads (default: the processors); results are the same for any",
     &cli.jobs, NULL},
    {"--help", "-h", SG_ARG_FLAG, NULL, "this help", &cli.help, NULL},
    {"--version", NULL, SG_ARG_FLAG, NULL, "the version", &cli.version, NULL},
    {NULL, NULL, SG_ARG_FLAG, NULL, NULL, NULL, NULL},
};

sg_status sg_out(const sg_str *text, sg_err *err)
{
    if (text->failed)
        return sg_no_memory(err);
    errno = 0;
    if ((!text->length || fwrite(text->text, 1, text->length, stdout) == text->length) && fflush(stdout) == 0)
        return SG_OK;
    if (errno == EPIPE) /* whoever reads has read enough, as in '| head' */
        return SG_OK;
    return sg_fail(err, SG_FAILED, "standard output can't be written; see where it goes");
}

sg_status sg_tell(const sg_cli *told, const sg_str *text, sg_status status, sg_err *err)
{
    if (!told->quiet)
        return sg_status_worse(status, sg_out(text, err));
    if (status != SG_OK && text->length)
        (void)fwrite(text->text, 1, text->length, stderr); /* nowhere is left to say that it failed */
    return status;
}

static void add_overview(sg_str *out)
{
    sg_str_add(out, "skillgain: learner outcomes in adult education, every night\n\n"
                    "usage: skillgain [-C DIR] COMMAND [options] [files]\n\ncommands:\n");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        sg_str_printf(out, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
    sg_str_add(out, "\nfor every command:\n");
    sg_args_help(out, global_options);
    sg_str_add(
        out,
        "\n'skillgain COMMAND --help' tells more. Exit codes: 0 done, 1 failed, 2 usage or configuration,\n"
        "3 a file was refused, 4 a file is held or an export is missing, 5 disclosure rules refuse,\n"
        "75 another run holds the workspace.\n");
}

static void add_command_help(sg_str *out, const sg_command *command)
{
    sg_str_printf(out, "usage: skillgain %s%s%s%s\n\n%s\n", command->name,
                  command->options->name ? " [options]" : "", command->operands ? " " : "",
                  command->operands ? command->operands : "", command->summary);
    if (command->options->name) {
        sg_str_add(out, "\noptions:\n");
        sg_args_help(out, command->options);
    }
    sg_str_add(out, "\nfor every command:\n");
    sg_args_help(out, global_options);
    sg_str_printf(out, "\nexample:\n  %s\n", command->example);
}

static const sg_command *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (!strcmp(commands[i]->name, name))
            return commands[i];
    return NULL;
}

/* The command is the first argument that is neither an option nor an option's value. */
static int command_place(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-')
            return i;
        if (!strcmp(argv[i], "-C") || !strcmp(argv[i], "--jobs") || !strcmp(argv[i], "--log-format"))
            i++;
    }
    return argc;
}

static sg_status check_globals(sg_err *err)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (strcmp(cli.log_format, "text") != 0 && strcmp(cli.log_format, "json") != 0)
        return sg_fail(err, SG_USAGE, "'--log-format' is text or json");
    if (cli.quiet && cli.verbose)
        return sg_fail(err, SG_USAGE, "'--quiet' and '--verbose' exclude each other");
    if (!cli.jobs)
        cli.jobs = processors > 0 ? processors : 1;
    if (cli.jobs > 64)
        return sg_fail(err, SG_USAGE, "'--jobs' is 64 at most");
    return SG_OK;
}

static void set_up_log(void)
{
    sg_log_level level = cli.quiet ? SG_LOG_ERROR : cli.verbose ? SG_LOG_DEBUG : SG_LOG_INFO;

    sg_log_setup(level, !strcmp(cli.log_format, "json") ? SG_LOG_JSON : SG_LOG_TEXT,
                 !cli.no_progress && !cli.quiet && isatty(STDERR_FILENO));
}

static sg_status check_operands(const sg_command *command, sg_err *err)
{
    if (cli.n_operands < command->least)
        return sg_fail(err, SG_USAGE, "'%s' wants %s; see 'skillgain %s --help'", command->name,
                       command->operands, command->name);
    if (cli.n_operands > command->most)
        return sg_fail(err, SG_USAGE, "'%s' has no use for '%s'; see 'skillgain %s --help'", command->name,
                       cli.operands[command->most], command->name);
    return SG_OK;
}

static sg_status run_command(const sg_command *command, sg_err *err)
{
    sg_status status = check_globals(err);

    if (status == SG_OK)
        status = check_operands(command, err);
    if (status != SG_OK)
        return status;
    set_up_log();
    return command->run(&cli, err);
}

static sg_status print_help(const sg_command *command, sg_err *err)
{
    sg_str text = {0};
    sg_status status;

    if (cli.version)
        sg_str_printf(&text, "skillgain %s\nGPL-3.0-or-later\n", SG_VERSION);
    else if (command)
        add_command_help(&text, command);
    else
        add_overview(&text);
    status = sg_out(&text, err);
    sg_str_release(&text);
    return status;
}

static sg_status run_program(int argc, char **argv, sg_err *err)
{
    static const sg_arg none[] = {{NULL, NULL, SG_ARG_FLAG, NULL, NULL, NULL, NULL}};
    int place = command_place(argc, argv);
    const sg_command *command = place < argc ? find_command(argv[place]) : NULL;
    const sg_arg *tables[] = {global_options, command ? command->options : none};
    sg_status status;

    if (place < argc && !command)
        return sg_fail(err, SG_USAGE, "unknown command '%s'; 'skillgain --help' lists them", argv[place]);
    cli.operands = sg_arena_alloc(cli.arena, (size_t)argc + 1, sizeof *cli.operands);
    if (!cli.operands)
        return sg_no_memory(err);
    for (int i = place; i + 1 < argc && command; i++)
        argv[i] = argv[i + 1];
    status = sg_args_parse(command ? argc - 1 : argc, argv, 1, tables, 2, cli.operands, &cli.n_operands, err);
    if (status != SG_OK)
        return status;
    if (cli.help || cli.version)
        return print_help(command, err);
    if (!command)
        return sg_fail(err, SG_USAGE, "which command? 'skillgain --help' lists them");
    return run_command(command, err);
}

/* A standard stream that the caller closed must not become the descriptor of the lock or of a file that is written: the place is
 * taken by the null device, opened the wrong way round, so that using it fails as it did before. */
static sg_status occupy_streams(sg_err *err)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            return sg_fail(err, SG_FAILED,
                           "a standard stream is closed and '/dev/null' can't be opened for it");
    return SG_OK;
}

/* Learners' data passes through memory: no core file may hold it. Files are ours alone unless a mode says otherwise. */
static void protect_process(void)
{
    const struct rlimit none = {0, 0};

    (void)setrlimit(RLIMIT_CORE, &none); /* best effort: a stricter limit may be in force */
#ifdef __linux__
    /* Where cores go to a program instead of a file, the limit does not count. Others of this user can't look into memory either. */
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    (void)umask(077);
    /* a full quota is an error to report and a closed pipe the end of what is told, neither is a death */
    (void)signal(SIGXFSZ, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv)
{
    sg_err err = {0};
    sg_status status = occupy_streams(&err);

    protect_process();
    sg_mem_start();
    set_up_log();
    cli.arena = sg_arena_new();
    if (status == SG_OK)
        status = cli.arena ? run_program(argc, argv, &err) : sg_no_memory(&err);
    if (status != SG_OK && err.message[0])
        sg_log(SG_LOG_ERROR, "%s", err.message);
    sg_arena_free(cli.arena);
    return sg_status_exit_code(status);
}
