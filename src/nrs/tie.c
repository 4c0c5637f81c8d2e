/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tie.h"

#include <string.h>

/* So many times the cells of a table: of the rows of a role (and group, 0: any) and some letters. */
typedef struct {
    int times;
    sg_nrs_id table;
    nrs_role role;
    uint8_t group;
    const char *letters;
} term;

/* In each row the terms' roles stand aside, in each column their letters. */
typedef enum { WHOLE, EACH_ROW, EACH_COLUMN, EACH_CELL } scope;

enum { MAX_TERMS = 3 };

typedef struct {
    const char *id, *text;
    bool is_at_most;
    scope scope;
    term left[MAX_TERMS], right[MAX_TERMS];
} tie;

/* clang-format off */
#define OF(number, role, letters) {1, SG_NRS_##number, NRS_##role, 0, letters}
#define GROUP(number, group, letters) {1, SG_NRS_##number, NRS_ITEM, group, letters}
#define LESS(number, role, letters) {-1, SG_NRS_##number, NRS_##role, 0, letters}
#define EACH "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define ADDS_UP(number, name) \
    {name "-total", "Table " name ": the rows add up to the total", false, EACH_COLUMN, \
     {OF(number, ITEM, EACH)}, {OF(number, TOTAL, EACH)}}
#define ADDS_UP_BY_GROUP(number, name) ADDS_UP(number, name), \
    {name "-subtotals", "Table " name ": ABE total and ESL total add up to the grand total", false, EACH_COLUMN, \
     {OF(number, SUBTOTAL, EACH)}, {OF(number, TOTAL, EACH)}}
#define RACES "BCDEFGHIJKLMNO"

static const tie ties[] = {
    {"1-2", "Table 1 total and those beside it = Table 2 total and those beside it", false, WHOLE,
     {OF(1, TOTAL, "P"), OF(1, BESIDE, "BCD")}, {OF(2, TOTAL, "P"), OF(2, BESIDE, "BCD")}},
    {"2-3", "Table 2 total and those beside it = Table 3 total and those beside it", false, WHOLE,
     {OF(2, TOTAL, "P"), OF(2, BESIDE, "BCD")}, {OF(3, TOTAL, "H"), OF(3, BESIDE, "BC")}},
    {"3-4", "Table 3 total and those beside it = Table 4 B, grand total, and those beside it", false, WHOLE,
     {OF(3, TOTAL, "H"), OF(3, BESIDE, "BC")}, {OF(4, TOTAL, "B"), OF(4, BESIDE, "B")}},
    {"1-row", "Table 1, each row: P = B + ... + O", false, EACH_ROW, {OF(1, TOTAL, "P")}, {OF(1, TOTAL, RACES)}},
    {"2-row", "Table 2, each row: P = B + ... + O", false, EACH_ROW, {OF(2, TOTAL, "P")}, {OF(2, TOTAL, RACES)}},
    {"2A-row", "Table 2A, each row: P = B + ... + O", false, EACH_ROW, {OF(2A, TOTAL, "P")}, {OF(2A, TOTAL, RACES)}},
    {"3-row", "Table 3, each row: H = B + ... + G", false, EACH_ROW, {OF(3, TOTAL, "H")}, {OF(3, TOTAL, "BCDEFG")}},
    {"3-iet", "Table 3, each column: IET sub-rows are part of their rows", true, EACH_COLUMN,
     {OF(3, SUBSET, EACH)}, {OF(3, ITEM, EACH)}},
    {"4-row", "Table 4, each row: B = C + E + F + G + H + I", false, EACH_ROW,
     {OF(4, TOTAL, "B")}, {OF(4, TOTAL, "CEFGHI")}},
    {"4-gains", "Table 4, each row: E + F + G are at most B - C", true, EACH_ROW,
     {OF(4, TOTAL, "EFG")}, {OF(4, TOTAL, "B"), LESS(4, TOTAL, "C")}},
    {"4-pops", "Table 4, each row: B is at most K", true, EACH_ROW, {OF(4, TOTAL, "B")}, {OF(4, TOTAL, "K")}},
    {"4-pop-gains", "Table 4, each row: L + M + N are at most K", true, EACH_ROW,
     {OF(4, TOTAL, "LMN")}, {OF(4, TOTAL, "K")}},
    {"4-first", "Table 4, each row: E + F + G are at most L + M + N", true, EACH_ROW,
     {OF(4, TOTAL, "EFG")}, {OF(4, TOTAL, "LMN")}},
    {"4C-row", "Table 4C, each row: B = C + E + F + G + H + I", false, EACH_ROW,
     {OF(4C, TOTAL, "B")}, {OF(4C, TOTAL, "CEFGHI")}},
    {"4C-4", "Table 4C is at most Table 4, cell by cell", true, EACH_CELL, {OF(4C, TOTAL, "B")}, {OF(4, TOTAL, "B")}},
    {"5A-5", "Table 5A is at most Table 5, cell by cell", true, EACH_CELL, {OF(5A, ITEM, "B")}, {OF(5, ITEM, "B")}},
    {"4A-4", "Table 4, each row: E is at most Table 4A B", true, EACH_ROW, {OF(4, TOTAL, "E")}, {OF(4A, TOTAL, "B")}},
    {"4B-row", "Table 4B, each row: B = D + E + F", false, EACH_ROW, {OF(4B, TOTAL, "B")}, {OF(4B, TOTAL, "DEF")}},
    {"4B-4", "Table 4B B is at most Table 4 B, each row", true, EACH_ROW, {OF(4B, TOTAL, "B")}, {OF(4, TOTAL, "B")}},
    {"4B-4A", "Table 4B D is at most those with a gain by test in Table 4A, each row", true, EACH_ROW,
     {OF(4B, TOTAL, "D")}, {OF(4A, TOTAL, "U")}},
    {"11-3", "Table 11 B = IET sub-rows of Table 3 and those beside them", false, WHOLE,
     {GROUP(11, 1, "B")}, {OF(3, SUBSET, "H"), OF(3, BESIDE_SUBSET, "BC")}},
    {"11-rows", "Table 11 B is the same in the five rows of MSG", false, WHOLE,
     {{4, SG_NRS_11, NRS_ITEM, 1, "B"}}, {GROUP(11, 2, "B")}},
    {"6-4", "Table 6, participant status = Table 4 B, grand total, and those beside it", false, WHOLE,
     {GROUP(6, 1, "B")}, {OF(4, TOTAL, "B"), OF(4, BESIDE, "B")}},
    {"6-6", "Table 6, schooling = participant status", false, WHOLE, {GROUP(6, 2, "B")}, {GROUP(6, 1, "B")}},
    ADDS_UP(1, "1"), ADDS_UP(2, "2"), ADDS_UP(2A, "2A"), ADDS_UP(3, "3"),
    ADDS_UP_BY_GROUP(4, "4"), ADDS_UP_BY_GROUP(4A, "4A"), ADDS_UP_BY_GROUP(4B, "4B"), ADDS_UP_BY_GROUP(4C, "4C"),
};
/* clang-format on */

_Static_assert(sizeof ties / sizeof ties[0] <= NRS_MAX_TIES, "room for what breaks each");

size_t nrs_n_ties(void)
{
    return sizeof ties / sizeof ties[0];
}

static int64_t sum_letters(const int64_t row[NRS_LETTERS], const char *letters)
{
    int64_t sum = 0;
    for (; *letters != '\0'; letters++)
        sum += row[*letters - 'A'];
    return sum;
}

static int64_t value_of_term(const term *t, const nrs_cells *cells, const char *letters)
{
    const nrs_layout *layout = &nrs_layouts[t->table];
    int64_t sum = 0;
    for (size_t r = 0; r < layout->n_rows; r++)
        if (layout->rows[r].role == t->role && (t->group == 0 || layout->rows[r].group == t->group))
            sum += sum_letters(cells->of[t->table][r], letters != NULL ? letters : t->letters);
    return t->times * sum;
}

/* letters NULL: those of each term. row -1: the rows of each term's role. */
static int64_t value_of(const term terms[MAX_TERMS], const nrs_cells *cells, int row, const char *letters)
{
    int64_t sum = 0;
    for (size_t i = 0; i < MAX_TERMS && terms[i].times != 0; i++) {
        const term *t = &terms[i];
        sum += row < 0
                   ? value_of_term(t, cells, letters)
                   : t->times * sum_letters(cells->of[t->table][row], letters != NULL ? letters : t->letters);
    }
    return sum;
}

static bool holds_in(const tie *t, const nrs_cells *cells, int row, const char *letters)
{
    int64_t left = value_of(t->left, cells, row, letters), right = value_of(t->right, cells, row, letters);
    return t->is_at_most ? left <= right : left == right;
}

static bool holds_by_column(const tie *t, const nrs_cells *cells, int row)
{
    char letter[2] = "A";
    for (; letter[0] <= 'Z'; letter[0]++)
        if (!holds_in(t, cells, row, letter))
            return false;
    return true;
}

/* Rows beside a table are not of it. */
static bool is_row_of(const tie *t, size_t row)
{
    nrs_role role = nrs_layouts[t->left[0].table].rows[row].role;
    return role != NRS_BESIDE && role != NRS_BESIDE_SUBSET;
}

static bool is_touched(const tie *t, size_t row, const uint64_t *rows)
{
    return rows == NULL || ((rows[t->left[0].table] | rows[t->right[0].table]) >> row & 1) != 0;
}

static bool holds_by_row(const tie *t, const nrs_cells *cells, const uint64_t *rows)
{
    for (size_t r = 0; r < nrs_layouts[t->left[0].table].n_rows; r++) {
        if (!is_row_of(t, r) || !is_touched(t, r, rows))
            continue;
        if (t->scope == EACH_CELL ? !holds_by_column(t, cells, (int)r) : !holds_in(t, cells, (int)r, NULL))
            return false;
    }
    return true;
}

/* A tie-out between tables that a fact did not touch holds without a look: 0 = 0. */
static bool touches(const tie *t, const uint64_t *rows)
{
    for (size_t i = 0; i < MAX_TERMS; i++)
        if ((t->left[i].times != 0 && rows[t->left[i].table] != 0) ||
            (t->right[i].times != 0 && rows[t->right[i].table] != 0))
            return true;
    return false;
}

bool nrs_tie_holds(size_t at, const nrs_cells *cells, const uint64_t *rows)
{
    const tie *t = &ties[at];
    if (rows != NULL && !touches(t, rows))
        return true;
    switch (t->scope) {
    case WHOLE: return holds_in(t, cells, -1, NULL);
    case EACH_COLUMN: return holds_by_column(t, cells, -1);
    case EACH_ROW:
    case EACH_CELL: break;
    }
    return holds_by_row(t, cells, rows);
}

/* Of each column the total's last one is shown, which is P of Tables 1 and 2, H of Table 3 and B of the others. */
static const char *shown_letter(sg_nrs_id table)
{
    static const char *const letters[SG_N_NRS_TABLES] = {
        [SG_NRS_1] = "P", [SG_NRS_2] = "P", [SG_NRS_2A] = "P", [SG_NRS_3] = "H"};
    return letters[table] != NULL ? letters[table] : "B";
}

void nrs_tie_tell(size_t at, const nrs_cells *cells, sg_nrs_tie_out *out)
{
    const tie *t = &ties[at];
    const char *letters = t->scope == EACH_COLUMN ? shown_letter(t->left[0].table) : NULL;
    out->id = t->id;
    out->text = t->text;
    out->is_at_most = t->is_at_most;
    out->left = value_of(t->left, cells, -1, letters);
    out->right = value_of(t->right, cells, -1, letters);
}
