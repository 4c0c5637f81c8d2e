/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A program of the build: turns files into C tables, so that the program needs none of them when it runs.
 *
 *     embed sql FOLDER FILE...     sql/query/NAME.sql and sql/schema/NNN_name.sql -> FOLDER/sql_catalog.{h,c}
 *     embed text FOLDER FILE...    any files -> FOLDER/text_catalog.{h,c}, found by their path
 *
 * Contents become arrays of bytes with a NUL behind them: string literals of more than 4,095 characters are not
 * portable, and an assembler's .incbin hides the file from the dependency list.
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILES = 4096, MAX_BYTES = 8 * 1024 * 1024, MAX_PATH = 1024 };

typedef struct {
    const char *path;
    const char *base; /* of path: behind the last '/' */
    unsigned char *bytes;
    size_t length;
    bool is_schema; /* sql only */
    int number;     /* of a schema file, else 0 */
} source;

static void fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

static void fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("embed: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static void read_source(source *s)
{
    FILE *file = fopen(s->path, "rb");
    if (file == NULL)
        fail("cannot open '%s': %s", s->path, strerror(errno));
    s->bytes = malloc(MAX_BYTES);
    if (s->bytes == NULL)
        fail("out of memory");
    s->length = fread(s->bytes, 1, MAX_BYTES, file);
    if (ferror(file))
        fail("cannot read '%s': %s", s->path, strerror(errno));
    if (s->length == MAX_BYTES)
        fail("'%s' has more than %d bytes", s->path, MAX_BYTES - 1);
    if (fclose(file) != 0)
        fail("cannot close '%s'", s->path);
    unsigned char *fitting = realloc(s->bytes, s->length + 1);
    if (fitting != NULL)
        s->bytes = fitting;
}

static int compare_paths(const void *a, const void *b)
{
    const source *left = a, *right = b;
    return strcmp(left->path, right->path);
}

static source *read_sources(int n, char **paths)
{
    if (n > MAX_FILES)
        fail("more than %d files", MAX_FILES);
    source *list = calloc((size_t)n + 1, sizeof *list);
    if (list == NULL)
        fail("out of memory");
    for (int i = 0; i < n; i++) {
        const char *slash = strrchr(paths[i], '/');
        list[i].path = paths[i];
        list[i].base = slash != NULL ? slash + 1 : paths[i];
        read_source(&list[i]);
    }
    qsort(list, (size_t)n, sizeof *list, compare_paths);
    return list;
}

static FILE *open_output(const char *folder, const char *name)
{
    char path[MAX_PATH];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path)
        fail("the folder '%s' has too long a name", folder);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        fail("cannot write '%s': %s", path, strerror(errno));
    fputs("/* Made by src/tools/embed.c from the files it names: edit those. */\n", file);
    return file;
}

static void close_output(FILE *file)
{
    bool failed = ferror(file) != 0;
    if (fclose(file) != 0 || failed)
        fail("cannot write an output: %s", strerror(errno));
}

/* A path or a name as the inside of a C string literal. */
static void put_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static void put_bytes(FILE *out, const source *list, int n)
{
    for (int i = 0; i < n; i++) {
        fprintf(out, "\nstatic const unsigned char bytes_%d[] = {", i);
        for (size_t at = 0; at < list[i].length; at++)
            fprintf(out, "%s%d,", at % 24 == 0 ? "\n    " : "", list[i].bytes[at]);
        fputs("\n    0};\n", out);
    }
}

/* "NNN_": three digits, 1 to 999. */
static int schema_number(const source *s)
{
    const char *name = s->base;
    for (int i = 0; i < 3; i++) {
        if (!isdigit((unsigned char)name[i]))
            fail("'%s': a schema file is named NNN_what.sql", s->path);
    }
    if (name[3] != '_')
        fail("'%s': a schema file is named NNN_what.sql", s->path);
    return (name[0] - '0') * 100 + (name[1] - '0') * 10 + (name[2] - '0');
}

static void check_query_name(const source *s)
{
    size_t length = strlen(s->base) - 4;
    for (size_t i = 0; i < length; i++) {
        char c = s->base[i];
        if (!(islower((unsigned char)c) || c == '_' || (i > 0 && isdigit((unsigned char)c))))
            fail("'%s': a query file is named in lower-case letters, digits and '_'", s->path);
    }
}

/* Numbers run 1, 2, 3 ... : a gap would be a migration that some databases have and others don't. */
static void classify_sql(source *list, int n)
{
    int expected = 1;
    for (int i = 0; i < n; i++) {
        size_t length = strlen(list[i].base);
        if (length < 5 || strcmp(list[i].base + length - 4, ".sql") != 0)
            fail("'%s' does not end in .sql", list[i].path);
        list[i].is_schema = strstr(list[i].path, "schema/") != NULL;
        if (!list[i].is_schema) {
            check_query_name(&list[i]);
            continue;
        }
        list[i].number = schema_number(&list[i]);
        if (list[i].number != expected)
            fail("'%s': schema files are numbered without gap or repeat, and %03d is next", list[i].path,
                 expected);
        expected++;
    }
}

static void put_enum_name(FILE *out, const char *base)
{
    fputs("    SG_SQL_", out);
    for (const char *at = base; *at != '.'; at++)
        fputc(toupper((unsigned char)*at), out);
    fputs(",\n", out);
}

static const char sql_header_types[] =
    "/* sg_sql_query[SG_SQL_X] is sql/query/x.sql; sg_sql_schema holds the schema files in their order. */\n"
    "typedef struct {\n    const char *name; /* the file's, without .sql */\n"
    "    const char *bytes; /* with a NUL behind them */\n    size_t length;\n} sg_sql_text;\n\n"
    "typedef struct {\n    int number; /* 1, 2, 3 ... */\n    sg_sql_text text;\n} sg_sql_schema_file;\n\n"
    "/* Both end with a row whose name is NULL. */\n"
    "extern const sg_sql_text sg_sql_query[SG_N_SQL + 1];\n"
    "extern const sg_sql_schema_file sg_sql_schema[SG_N_SQL_SCHEMA + 1];\n\n#endif\n";

static void write_sql_header(const char *folder, const source *list, int n)
{
    int n_schema = 0;
    FILE *out = open_output(folder, "sql_catalog.h");
    fputs("#ifndef SG_GEN_SQL_CATALOG_H\n#define SG_GEN_SQL_CATALOG_H\n\n#include <stddef.h>\n\ntypedef enum "
          "{\n",
          out);
    for (int i = 0; i < n; i++) {
        n_schema += list[i].is_schema;
        if (!list[i].is_schema)
            put_enum_name(out, list[i].base);
    }
    fprintf(out, "    SG_N_SQL\n} sg_sql_id;\n\nenum { SG_N_SQL_SCHEMA = %d };\n\n", n_schema);
    fputs(sql_header_types, out);
    close_output(out);
}

static void put_sql_row(FILE *out, const source *s, int index)
{
    char name[MAX_PATH];
    int length = snprintf(name, sizeof name, "%.*s", (int)strlen(s->base) - 4, s->base);
    if (length < 0 || (size_t)length >= sizeof name)
        fail("'%s' has too long a name", s->path);
    fputs(s->is_schema ? "    {" : "    ", out);
    if (s->is_schema)
        fprintf(out, "%d, ", s->number);
    fputc('{', out);
    put_quoted(out, name);
    fprintf(out, ", (const char *)bytes_%d, %zu}%s,\n", index, s->length, s->is_schema ? "}" : "");
}

static void write_sql_source(const char *folder, const source *list, int n)
{
    FILE *out = open_output(folder, "sql_catalog.c");
    fputs("#include \"gen/sql_catalog.h\"\n", out);
    put_bytes(out, list, n);
    fputs("\nconst sg_sql_text sg_sql_query[SG_N_SQL + 1] = {\n", out);
    for (int i = 0; i < n; i++) {
        if (!list[i].is_schema)
            put_sql_row(out, &list[i], i);
    }
    fputs("    {NULL, NULL, 0},\n};\n\nconst sg_sql_schema_file sg_sql_schema[SG_N_SQL_SCHEMA + 1] = {\n",
          out);
    for (int i = 0; i < n; i++) {
        if (list[i].is_schema)
            put_sql_row(out, &list[i], i);
    }
    fputs("    {0, {NULL, NULL, 0}},\n};\n", out);
    close_output(out);
}

static const char text_header[] =
    "#ifndef SG_GEN_TEXT_CATALOG_H\n#define SG_GEN_TEXT_CATALOG_H\n\n#include <stddef.h>\n\n"
    "typedef struct {\n    const char *path;  /* as in the source tree: \"reports/style.css\" */\n"
    "    const char *bytes; /* with a NUL behind them */\n    size_t length;\n} sg_embedded;\n\n";

static const char text_header_end[] =
    "/* Sorted by path, and a row whose path is NULL at the end. */\n"
    "extern const sg_embedded sg_embedded_files[SG_N_EMBEDDED + 1];\n\n"
    "/* NULL: there is no such file. */\nconst sg_embedded *sg_embedded_find(const char *path);\n\n#endif\n";

static const char text_lookup[] =
    "\nconst sg_embedded *sg_embedded_find(const char *path)\n{\n"
    "    size_t low = 0, high = SG_N_EMBEDDED;\n"
    "    while (low < high) {\n        size_t middle = low + (high - low) / 2;\n"
    "        int order = strcmp(path, sg_embedded_files[middle].path);\n"
    "        if (order == 0)\n            return &sg_embedded_files[middle];\n"
    "        if (order < 0)\n            high = middle;\n        else\n            low = middle + 1;\n    }\n"
    "    return NULL;\n}\n";

static void write_text_header(const char *folder, int n)
{
    FILE *out = open_output(folder, "text_catalog.h");
    fputs(text_header, out);
    fprintf(out, "enum { SG_N_EMBEDDED = %d };\n\n", n);
    fputs(text_header_end, out);
    close_output(out);
}

static void write_text_source(const char *folder, const source *list, int n)
{
    FILE *out = open_output(folder, "text_catalog.c");
    fputs("#include \"gen/text_catalog.h\"\n\n#include <string.h>\n", out);
    put_bytes(out, list, n);
    fputs("\nconst sg_embedded sg_embedded_files[SG_N_EMBEDDED + 1] = {\n", out);
    for (int i = 0; i < n; i++) {
        fputs("    {", out);
        put_quoted(out, list[i].path);
        fprintf(out, ", (const char *)bytes_%d, %zu},\n", i, list[i].length);
    }
    fputs("    {NULL, NULL, 0},\n};\n", out);
    fputs(text_lookup, out);
    close_output(out);
}

int main(int argc, char **argv)
{
    bool is_sql = argc >= 3 && strcmp(argv[1], "sql") == 0;
    if (argc < 3 || !(is_sql || strcmp(argv[1], "text") == 0))
        fail("usage: embed sql|text FOLDER FILE...");
    const char *folder = argv[2];
    int n = argc - 3;
    source *list = read_sources(n, argv + 3);
    if (is_sql) {
        classify_sql(list, n);
        write_sql_header(folder, list, n);
        write_sql_source(folder, list, n);
    } else {
        write_text_header(folder, n);
        write_text_source(folder, list, n);
    }
    for (int i = 0; i < n; i++)
        free(list[i].bytes);
    free(list);
    return 0;
}
