/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generate_workspace.h"

#include "generate_base.h"
#include "generate_state.h"

/* A double-quoted text; both CSV (doubled) and YAML (backslash) mark a quote inside by one byte before it. */
static void put_quoted(FILE *file, const char *text, char mark)
{
    fputc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc(mark, file);
        fputc(*text, file);
    }
    fputc('"', file);
}

void sg_workspace_colleges(FILE *file)
{
    fputs("code,name,vendor_site\n", file);
    for (int i = 0; i < SG_COLLEGES; i++) {
        fprintf(file, "%s,", sg_colleges[i].code);
        put_quoted(file, sg_colleges[i].name, '"');
        fprintf(file, ",%s\n", sg_colleges[i].site);
    }
}

void sg_workspace_config(FILE *file)
{
    fputs("# The workspace of the sample: a made-up state. Colleges, learners and outcomes are invented.\n"
          "agency:\n"
          "  name: \"Example Technical College System (made-up data)\"\n"
          "  contact: research@example.org\n"
          "colleges:\n",
          file);
    for (int i = 0; i < SG_COLLEGES; i++) {
        fprintf(file, "  \"%s\": ", sg_colleges[i].code);
        put_quoted(file, sg_colleges[i].name, '\\');
        fputc('\n', file);
    }
    fputs("expect: {enrollment: 36h, gain: 36h}\n", file);
}

void sg_workspace_key(FILE *file)
{
    sg_rng rng;
    sg_rng_seed(&rng, 0x6d6164652d7570u, 0); /* "made-up" in ASCII: the key is the same for every seed */
    for (int i = 0; i < 64; i++)
        fputc("0123456789abcdef"[sg_rng_between(&rng, 0, 15)], file);
    fputc('\n', file);
}
