/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

static const sg_arg options[] = {SG_NO_MORE_OPTIONS};

static sg_status run(const sg_cli *cli, sg_err *err)
{
    const char *folder = cli->n_operands ? cli->operands[0] : cli->folder;
    sg_str text = {0};
    sg_status status = sg_workspace_create(folder, err);

    if (status != SG_OK)
        return status;
    sg_str_printf(&text, "new workspace in '%s'\n", folder);
    sg_str_add(
        &text,
        "  skillgain.yaml  set the agency's name, the colleges and the rest\n"
        "  crosswalks/     one YAML file an export layout that is not one of the shipped ones\n"
        "  inbox/          put the exports here and run 'skillgain run'\n"
        "  key             makes learners' pseudonyms: keep it secret and in your backups; without it the\n"
        "                  history of every learner is lost\n");
    status = sg_out(&text, err);
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_init = {
    .name = "init",
    .operands = "[DIR]",
    .summary = "make a new workspace: skillgain.yaml, inbox, crosswalks, the key",
    .example = "skillgain init college-data",
    .options = options,
    .most = 1,
    .run = run,
};
