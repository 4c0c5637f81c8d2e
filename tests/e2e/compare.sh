#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# compare: on prepared files its figures are those of the reference values on the same data; groups, times and amounts; what it leaves out
# is told; what it can't do is a row that says why, or an error that says what to do.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3
data=tests/oracles/data

compare()       # NAME ARGUMENT...: csv as NAME.csv in scratch
{
    local name=$1
    shift
    run_ok "$name: compared" compare --format csv "$@"
    cp "$scratch/said" "$scratch/$name.csv"
}

# ---------------------------------------------------------------- reference values

infert=("$data/infert.csv" --arm 'spontaneous>0' --outcome case)
birth=("$data/birthwt.csv" --arm smoke --outcome low --covariates 'race,age,lwt,ht,ui')
made_up=("$data/iet_sim_dev.csv" --arm iet --outcome msg --cluster college
    --covariates 'race_eth,age_band,efl,program,employed,justice,factor(program_year)')
compare inf "${infert[@]}" --strata education --methods all
compare inf_total "${infert[@]}" --strata education --methods standardised --estimand ate
compare bw "${birth[@]}" --methods all --estimand ate
compare bw_att "${birth[@]}" --methods all
compare bw_race "${birth[@]}" --cluster race --methods ipw_att,ipw_ate,ipw_ato,aipw_att,aipw_ate
compare sim "${made_up[@]}" --methods gcomp,logit,lpm_cr2,wild_cluster --estimand ate
compare sim_fe "${made_up[@]/factor(program_year)/factor(program_year),college}" --methods gcomp --estimand ate
compare sim_group "${made_up[@]}" --group race_eth --estimand ate
compare veteran "$data/veteran.csv" --arm trt=2 --outcome status --time time
compare veteran_strata "$data/veteran.csv" --arm trt=2 --outcome status --time time --strata celltype --methods logrank
compare tooth "$data/toothgrowth.csv" --arm supp=OJ --outcome len --methods welch,hedges,mann_whitney,brunner_munzel,hodges_lehmann,order_statistic

# Which figure of which entry is which column of which row: entry, key, index, file, subset, dimension, level, variant, estimand, method, column.
cat >"$scratch/map.csv" <<'CSV'
entry,key,at,file,subset,dimension,level,variant,estimand,method,column
v.inf.newcombe,rd,0,inf,all,all,all,,risk_difference,newcombe,estimate
v.inf.newcombe,lower,0,inf,all,all,all,,risk_difference,newcombe,ci_low
v.inf.newcombe,upper,0,inf,all,all,all,,risk_difference,newcombe,ci_high
v.inf.mn,lower,0,inf,all,all,all,,risk_difference,miettinen_nurminen,ci_low
v.inf.mn,upper,0,inf,all,all,all,,risk_difference,miettinen_nurminen,ci_high
v.inf.mn,chi2_at_0,0,inf,all,all,all,,risk_difference,miettinen_nurminen,statistic
v.inf.mn,p_at_0,0,inf,all,all,all,,risk_difference,miettinen_nurminen,p_value
v.inf.rr,rr,0,inf,all,all,all,,risk_ratio,log,estimate
v.inf.rr,log_se,0,inf,all,all,all,,risk_ratio,log,std_error
v.inf.rr,upper,0,inf,all,all,all,,risk_ratio,log,ci_high
v.inf.rr_score,lower,0,inf,all,all,all,,risk_ratio,score,ci_low
v.inf.or,or,0,inf,all,all,all,,odds_ratio,log,estimate
v.inf.or,lower,0,inf,all,all,all,,odds_ratio,log,ci_low
v.inf.cohen_h,h,0,inf,all,all,all,,cohen_h,cohen_h,estimate
v.inf.cohen_h,se,0,inf,all,all,all,,cohen_h,cohen_h,std_error
v.inf.nnt,nnt,0,inf,all,all,all,,number_needed,newcombe,estimate
v.inf.nnt,at_rd_lower,0,inf,all,all,all,,number_needed,newcombe,ci_high
v.inf.fisher,p_two_sided,0,inf,all,all,all,,independence,fisher,p_value
v.inf.fisher,p_mid_central,0,inf,all,all,all,,independence,fisher_midp,p_value
v.inf.fisher_or,or_cond_mle,0,inf,all,all,all,,odds_ratio,fisher,estimate
v.inf.chisq,x2,0,inf,all,all,all,,independence,pearson,statistic
v.inf.chisq,p_yates,0,inf,all,all,all,,independence,yates,p_value
v.inf.chisq,x2_n1,0,inf,all,all,all,,independence,n1_chisq,statistic
v.inf.mh_or,or,0,inf,all,all,all,,odds_ratio,mh,estimate
v.inf.mh_or,or_log_se,0,inf,all,all,all,,odds_ratio,mh,std_error
v.inf.mh_or,or_hi,0,inf,all,all,all,,odds_ratio,mh,ci_high
v.inf.mh_rd,rd,0,inf,all,all,all,,risk_difference,mh,estimate
v.inf.mh_rd,rd_se,0,inf,all,all,all,,risk_difference,mh,std_error
v.inf.mh_rd,rd_lo,0,inf,all,all,all,,risk_difference,mh,ci_low
v.inf.mh_rr,rr,0,inf,all,all,all,,risk_ratio,mh,estimate
v.inf.mh_rr,rr_lo,0,inf,all,all,all,,risk_ratio,mh,ci_low
v.inf.cmh,x2,0,inf,all,all,all,,independence,cmh,statistic
v.inf.cmh,p,0,inf,all,all,all,,independence,cmh,p_value
v.inf.bd,x2_tarone,0,inf,all,all,all,,homogeneity,tarone,statistic
v.inf.bd,p_tarone,0,inf,all,all,all,,homogeneity,tarone,p_value
v.inf.rd_hom,q,0,inf,all,all,all,,homogeneity,q,statistic
v.inf.rd_hom,p,0,inf,all,all,all,,homogeneity,q,p_value
v.inf.std_iet,rate0,0,inf,comparison,all,all,,rate,standardised,estimate
v.inf.std_iet,rate1_lo_mover,0,inf,iet,all,all,,rate,standardised,ci_low
v.inf.std_iet,rd,0,inf,all,all,all,,risk_difference,standardised,estimate
v.inf.std_iet,rd_se,0,inf,all,all,all,,risk_difference,standardised,std_error
v.inf.std_total,rate1,0,inf_total,iet,all,all,,rate,standardised,estimate
v.inf.std_total,rd,0,inf_total,all,all,all,,risk_difference,standardised,estimate
v.bw.logit,coef,1,bw,all,term,iet,,coefficient,logit,estimate
v.bw.logit,se,1,bw,all,term,iet,,coefficient,logit,std_error
v.bw.logit,coef,4,bw,all,term,age,,coefficient,logit,estimate
v.bw.logit,p,6,bw,all,term,ht,,coefficient,logit,p_value
v.bw.hc,se_hc3,1,bw,all,term,iet,,coefficient,logit+hc3,std_error
v.bw.gcomp,r1,0,bw,iet,all,all,,rate,gcomp,estimate
v.bw.gcomp,r0,0,bw,comparison,all,all,,rate,gcomp,estimate
v.bw.gcomp,rd,0,bw,all,all,all,,risk_difference,gcomp,estimate
v.bw.gcomp,rd_se_if,0,bw,all,all,all,,risk_difference,gcomp,std_error
v.bw.gcomp,rd_se_delta,0,bw,all,all,all,,risk_difference,gcomp+delta,std_error
v.bw.gcomp,rr,0,bw,all,all,all,,risk_ratio,gcomp,estimate
v.bw.gcomp,log_rr_se_delta,0,bw,all,all,all,,risk_ratio,gcomp,std_error
v.bw.ps,auc,0,bw,all,all,all,,auc,propensity,estimate
v.bw.ipw_ate,rd,0,bw,all,all,all,,risk_difference,ipw_ate,estimate
v.bw.ipw_ate,se_m_est,0,bw,all,all,all,,risk_difference,ipw_ate,std_error
v.bw.ipw_ate,se_fixed_weights,0,bw,all,all,all,,risk_difference,ipw_ate+fixed,std_error
v.bw.ipw_ate,ess1,0,bw,iet,all,all,,ess,ipw_ate,estimate
v.bw.ipw_ate,risk0,0,bw,comparison,all,all,,rate,ipw_ate,estimate
v.bw.ipw_ate,se_m_est_cluster,0,bw_race,all,all,all,,risk_difference,ipw_ate+cluster,std_error
v.bw.ipw_att,rd,0,bw,all,all,all,,risk_difference,ipw_att,estimate
v.bw.ipw_att,se_m_est,0,bw,all,all,all,,risk_difference,ipw_att,std_error
v.bw.ipw_att,ess0,0,bw,comparison,all,all,,ess,ipw_att,estimate
v.bw.ipw_att,se_m_est_cluster,0,bw_race,all,all,all,,risk_difference,ipw_att+cluster,std_error
v.bw.ipw_ato,rd,0,bw,all,all,all,,risk_difference,ipw_ato,estimate
v.bw.ipw_ato,se_m_est,0,bw,all,all,all,,risk_difference,ipw_ato,std_error
v.bw.aipw,ate,0,bw,all,all,all,,risk_difference,aipw_ate,estimate
v.bw.aipw,ate_se,0,bw,all,all,all,,risk_difference,aipw_ate,std_error
v.bw.aipw,att,0,bw,all,all,all,,risk_difference,aipw_att,estimate
v.bw.aipw,att_se,0,bw,all,all,all,,risk_difference,aipw_att,std_error
v.bw.aipw,att_se_cluster,0,bw_race,all,all,all,,risk_difference,aipw_att+cluster,std_error
v.bw.match,matched_treated,0,bw,all,all,all,,risk_difference,match_1,n_iet
v.bw.match,rd,0,bw,all,all,all,,risk_difference,match_1,estimate
v.bw.match,se_pair,0,bw,all,all,all,,risk_difference,match_1,std_error
v.bw.match,mcnemar_x2,0,bw,all,all,all,,independence,mcnemar,statistic
v.bw.match,mcnemar_exact_p,0,bw,all,all,all,,independence,mcnemar_exact,p_value
v.bw.bal_raw.age,smd_treated_sd,0,bw_att,all,age,all,unadjusted,balance,smd_treated_sd,estimate
v.bw.bal_raw.age,smd_pooled_sd,0,bw,all,age,all,unadjusted,balance,smd_pooled_sd,estimate
v.bw.bal_raw.lwt,variance_ratio,0,bw,all,lwt,all,unadjusted,balance,variance_ratio,estimate
v.bw.bal_raw.ui,ks,0,bw,all,ui,all,unadjusted,balance,ks,estimate
v.bw.wwc.age,effect_size,0,bw,all,age,all,unadjusted,balance,wwc,estimate
v.bw.wwc.ui,effect_size,0,bw,all,ui,all,unadjusted,balance,wwc,estimate
v.bw.bal_ate.lwt,smd_pooled_sd,0,bw,all,lwt,all,ipw_ate,balance,smd_pooled_sd,estimate
v.bw.bal_ate.age,variance_ratio,0,bw,all,age,all,ipw_ate,balance,variance_ratio,estimate
v.bw.bal_att.age,smd_treated_sd,0,bw,all,age,all,ipw_att,balance,smd_treated_sd,estimate
v.bw.match_bal.age,smd_treated_sd,0,bw,all,age,all,match_1,balance,smd_treated_sd,estimate
v.bw.match_bal.lwt,ks,0,bw,all,lwt,all,match_1,balance,ks,estimate
v.sim.msg.gcomp,rd,0,sim,all,all,all,,risk_difference,gcomp,estimate
v.sim.msg.gcomp,rd_se_delta_cr1,0,sim,all,all,all,,risk_difference,gcomp+delta_cluster,std_error
v.sim.msg.gcomp,rd_se_if_cluster,0,sim,all,all,all,,risk_difference,gcomp+cluster,std_error
v.sim.msg.cr1,se_cr1,1,sim,all,term,iet,,coefficient,logit+cluster,std_error
v.sim.msg.lpm,coef,1,sim,all,all,all,,risk_difference,lpm_cr2,estimate
v.sim.msg.lpm,se_cr2,1,sim,all,all,all,,risk_difference,lpm_cr2,std_error
v.sim.msg.lpm,df_cr2,1,sim,all,all,all,,risk_difference,lpm_cr2,df
v.sim.msg.wcr,p,0,sim,all,all,all,,risk_difference,wild_cluster,p_value
v.sim.msg_fe.jack,estimate,0,sim_fe,all,all,all,,risk_difference,gcomp,estimate
v.sim.msg_fe.jack,se,0,sim_fe,all,all,all,,risk_difference,gcomp,std_error
v.sim.msg_fe.jack,lower,0,sim_fe,all,all,all,,risk_difference,gcomp,ci_low
v.sim.msg_fe.jack,p,0,sim_fe,all,all,all,,risk_difference,gcomp,p_value
v.tg.welch,mean1,0,tooth,iet,all,all,,mean,welch,estimate
v.tg.welch,diff,0,tooth,all,all,all,,mean_difference,welch,estimate
v.tg.welch,df,0,tooth,all,all,all,,mean_difference,welch,df
v.tg.welch,lower,0,tooth,all,all,all,,mean_difference,welch,ci_low
v.tg.hedges,g,0,tooth,all,all,all,,hedges_g,hedges,estimate
v.tg.hedges,se,0,tooth,all,all,all,,hedges_g,hedges,std_error
v.tg.mw,z,0,tooth,all,all,all,,superiority,mann_whitney,statistic
v.tg.mw,p,0,tooth,all,all,all,,superiority,mann_whitney,p_value
v.tg.mw,prob_superiority,0,tooth,all,all,all,,superiority,mann_whitney,estimate
v.tg.bm,lower,0,tooth,all,all,all,,superiority,brunner_munzel,ci_low
v.tg.hl,estimate,0,tooth,all,all,all,,shift,hodges_lehmann,estimate
v.tg.hl,upper,0,tooth,all,all,all,,shift,hodges_lehmann,ci_high
v.tg.median1,median,0,tooth,iet,all,all,,median,order_statistic,estimate
v.tg.median0,lower,0,tooth,comparison,all,all,,median,order_statistic,ci_low
v.vet.median1,median,0,veteran,iet,all,all,,median,kaplan_meier,estimate
v.vet.median0,upper,0,veteran,comparison,all,all,,median,kaplan_meier,ci_high
v.vet.logrank,x2,0,veteran,all,all,all,,hazard_equality,logrank,statistic
v.vet.logrank_strat,x2,0,veteran_strata,all,all,all,,hazard_equality,logrank,statistic
v.vet.logrank_strat,p,0,veteran_strata,all,all,all,,hazard_equality,logrank,p_value
CSV

compare_with_references()
{
    local imports=
    for name in inf inf_total bw bw_att bw_race sim sim_fe sim_group veteran veteran_strata tooth; do
        imports+=".import --csv $scratch/$name.csv row_$name
INSERT INTO said SELECT '$name', subset, dimension, level, variant, estimand, method, column, CAST(value AS REAL) FROM (
    SELECT *, 'estimate' AS column, estimate AS value FROM row_$name UNION ALL SELECT *, 'std_error', std_error FROM row_$name
    UNION ALL SELECT *, 'ci_low', ci_low FROM row_$name UNION ALL SELECT *, 'ci_high', ci_high FROM row_$name
    UNION ALL SELECT *, 'statistic', statistic FROM row_$name UNION ALL SELECT *, 'df', df FROM row_$name
    UNION ALL SELECT *, 'p_value', p_value FROM row_$name UNION ALL SELECT *, 'n_iet', n_iet FROM row_$name) WHERE value <> '';
"
    done
    sqlite3 -bail "$scratch/compare.db" <<SQL
CREATE TABLE said (file, subset, dimension, level, variant, estimand, method, column, value REAL);
$imports
.import --csv $scratch/map.csv map
CREATE TABLE entry AS SELECT json_extract(value, '\$.id') AS id, json_extract(value, '\$.expect') AS expect,
    json_extract(value, '\$.tol_abs') AS tol_abs, json_extract(value, '\$.tol_rel') AS tol_rel
    FROM json_each(CAST(readfile('tests/oracles/expected.json') AS TEXT), '\$.entries');
CREATE TABLE wanted AS SELECT map.*, tol_abs, tol_rel, CASE json_type(expect, '\$.' || key)
        WHEN 'array' THEN json_extract(expect, '\$.' || key || '[' || at || ']') ELSE json_extract(expect, '\$.' || key) END AS expected
    FROM map LEFT JOIN entry ON id = map.entry;
SELECT entry, key, method, column, 'expected', expected, 'found', value FROM wanted LEFT JOIN said
    USING (file, subset, dimension, level, variant, estimand, method, column)
    WHERE expected IS NULL OR value IS NULL OR NOT abs(value - expected) <= tol_abs + tol_rel * abs(expected);
SELECT 'too few' WHERE (SELECT count(*) FROM wanted) < 115;
SQL
}

said=$(compare_with_references 2>&1)
if [ -z "$said" ]; then pass "figures are those of the reference values"; else fail "figures are those of the reference values" "$said"; fi

# ---------------------------------------------------------------- groups and what is corrected

in_rows()       # NAME SQL: the query on the rows of NAME finds something
{
    [ -n "$(sqlite3 "$scratch/compare.db" "SELECT 1 FROM row_$1 WHERE $2 LIMIT 1")" ]
}

check "each level of a group has its difference, corrected over the levels" in_rows sim_group \
    "dimension = 'race_eth' AND level = 'Black' AND estimand = 'risk_difference' AND method = 'newcombe' AND p_adjusted >= p_value"
check "gaps are to all others" in_rows sim_group "estimand = 'gap' AND reference = 'all_others' AND n_reference <> ''"
check "the difference of gaps is told with the covariates accounted for" in_rows sim_group \
    "estimand = 'gap_closure' AND method = 'gcomp' AND reference = 'White' AND status = 'ok'"
check "a level of few learners is folded into others in a model, and shown by itself as a small sample" in_rows sim_group \
    "level = 'AIAN' AND status = 'small_sample'"

# ---------------------------------------------------------------- each method by itself

run_ok "the methods are told" compare --methods list
awk 'NR > 1 && !/^Of / { print $1 }' "$scratch/said" >"$scratch/methods"
share=("$data/iet_sim_dev.csv" --arm iet --outcome msg --cluster college --group program_year --strata college --covariates race_eth,age_band)
silent=
while read -r method; do
    case $method in
    welch | hedges | mann_whitney | brunner_munzel | hodges_lehmann | order_statistic)
        asked=("$data/toothgrowth.csv" --arm supp=OJ --outcome len) ;;
    kaplan_meier | logrank) asked=("$data/veteran.csv" --arm trt=2 --outcome status --time time) ;;
    boschloo | barnard) asked=("$data/birthwt.csv" --arm smoke --outcome low) ;;
    *) asked=("${share[@]}" --ratio 2) ;;
    esac
    "$SKILLGAIN" compare "${asked[@]}" --methods "$method" --replicates 99 --format csv >"$scratch/said" 2>"$scratch/log" &&
        grep -qE ",($method|balance)(,|\+).*,(ok|small_sample)," "$scratch/said" || silent+=" $method"
done <"$scratch/methods"
if [ "$(wc -l <"$scratch/methods")" -ge 50 ] && [ -z "$silent" ]; then
    pass "each method answers by itself"
else
    fail "each method answers by itself" "silent:$silent; of $(wc -l <"$scratch/methods")"
fi

# ---------------------------------------------------------------- the same learners, told in other ways

cat >"$scratch/same.csv" <<'CSV'
iet,msg,race,age,college
yes,true,a,1e1,N
yes,false,b,20,N
no,true,a,3.0E+01,S
no,false,b,NA,S
no,false,,40,S
,true,a,20,S
yes,.,a,20,N
CSV
run_ok "other ways to say yes, no, missing and numbers are understood" compare "$scratch/same.csv" --arm iet --outcome msg --covariates age
check "what was left out is told" grep -q '^left out: 1 rows whose arm is not known$' "$scratch/said"
check "... with its reason" grep -q '^left out: 1 rows whose outcome, time or cluster is not known$' "$scratch/said"
check "... and what was filled in" grep -q "^covariate 'age': 20.0 % missing" "$scratch/said"
run_ok "an amount with strata" compare "$data/toothgrowth.csv" --arm supp=OJ --outcome len --strata dose
check "they play no part, and that is told" grep -q '^the outcome is an amount: covariates, strata and clusters play no part$' "$scratch/said"
run_ok "a table alone" compare --table 42,90,120,400
check "its difference is there" grep -q 'risk_difference *newcombe *0.1667 (0.0567 to 0.2776)' "$scratch/said"
run_ok "json" compare "${birth[@]}" --format json
check "is well formed and has the figures" test "$(sqlite3 :memory: "SELECT count(*) > 10 FROM json_each(readfile('$scratch/said'), '\$.estimates')")" = 1
(head -n 1 "$data/iet_sim_dev.csv" && tail -n +2 "$data/iet_sim_dev.csv" | sort -r) >"$scratch/turned.csv"
made_up[0]=$scratch/turned.csv
compare in_turn "${made_up[@]}" --methods gcomp,logit,lpm_cr2,wild_cluster --estimand ate
check "the order of the rows makes no difference" cmp "$scratch/sim.csv" "$scratch/in_turn.csv"

# ---------------------------------------------------------------- what can't be done

cannot()        # SENTENCE WORDS FILE-CONTENT ARGUMENT...: not estimable, with words
{
    printf '%s' "$3" >"$scratch/edge.csv"
    run_ok "$1: is told" compare "$scratch/edge.csv" --format csv --methods all "${@:4}"
    check "$1: as a row that says why" grep -q "not_estimable,.*$2" "$scratch/said"
    check "$1: no figure that is none" bash -c '! grep -iqE "(^|,)-?(nan|inf)(,|$)" "$1"' - "$scratch/said"
}

usual=(--arm a --outcome y)
cannot "no rows" "no learners" $'a,y\n' "${usual[@]}"
cannot "one arm" "no comparison learners" $'a,y,x\n1,1,2\n1,0,3\n1,1,4\n' "${usual[@]}" --covariates x
cannot "all with the outcome" "." $'a,y,x,g\n1,1,2,p\n0,1,3,p\n1,1,4,q\n0,1,1,q\n' "${usual[@]}" --covariates x --cluster g --group g
cannot "one cluster" "." $'a,y,x,g\n1,1,2,p\n0,0,3,p\n1,0,4,p\n0,1,1,p\n' "${usual[@]}" --covariates x,g --cluster g --strata g
cannot "separation and a covariate that is constant" "." $'a,y,x,c\n1,1,2,5\n1,1,3,5\n1,1,4,5\n0,0,1,5\n0,0,0,5\n0,0,1,5\n' "${usual[@]}" --covariates x,c
cannot "two covariates that are the same" "." $'a,y,x,z\n1,1,2,2\n0,1,3,3\n1,0,4,4\n0,0,1,1\n' "${usual[@]}" --covariates x,z
cannot "a covariate that is all missing" "." $'a,y,x\n1,1,\n0,1,\n1,0,\n0,0,\n' "${usual[@]}" --covariates x

refused()       # SENTENCE WORDS FILE-CONTENT ARGUMENT...
{
    printf '%s' "$3" >"$scratch/edge.csv"
    run_program compare "$scratch/edge.csv" "${@:4}"
    if [ "$rc" = 2 ] || [ "$rc" = 3 ]; then pass "$1: refused"; else fail "$1: refused" "exit code $rc"; fi
    check "$1: with the words" grep -q "$2" "$scratch/said"
}

small=$'a,y,x\n1,1,2\n0,0,3\n'
refused "a column that there is not" "no column 'z'; it has a, y, x" "$small" --arm z --outcome y
refused "an arm that says neither" "line 2: neither 1 nor 0" "$small" --arm x --outcome y
refused "an arm's value in the wrong case" "no row has 'yes' in 'a'; the values there are: 'No', 'Yes'" $'a,y\nYes,1\nNo,0\n' --arm a=yes --outcome y
refused "a line that an editor counts" "line 5: neither" $'a,y\n1,1\n\n"0",0\nx,1\n' --arm a --outcome y
refused "an infinite number" "column 'x', line 3: an infinite number" $'a,y,x\n1,1,2\n0,0,Inf\n' "${usual[@]}" --covariates x
refused "a method that nobody knows" "no method 'magic'" "$small" "${usual[@]}" --methods magic
refused "a method without its columns" "'gcomp' needs covariates" "$small" "${usual[@]}" --methods gcomp
refused "a method of amounts, of a yes or no" "'welch' has nothing to say of this: it is of outcomes that are amounts" "$small" "${usual[@]}" --methods welch
refused "a method of yes or no, of an amount" "'gcomp' has nothing to say" $'a,y,x\n1,5,2\n0,3,3\n' "${usual[@]}" --covariates x --methods gcomp
refused "a trend over words" "whose levels are numbers" $'a,y,g\n1,1,p\n0,0,q\n' "${usual[@]}" --group g --methods cochran_armitage
refused "a caliper of nothing" "neither 'none' nor a number above 0" "$small" "${usual[@]}" --caliper 0
refused "an amount with a time" "says whether it came" $'a,y,x\n1,1,2\n0,3,3\n' "${usual[@]}" --time x
refused "a ragged line" "line 3: 2 fields, where the first line has 3 names" $'a,y,x\n1,1,2\n0,0\n' "${usual[@]}"
awk 'BEGIN { print "a,y,g"; for (i = 0; i < 1500; i++) printf "%d,%d,id%d\n", i % 2, i % 3 == 0, i }' >"$scratch/many.csv"
refused "a group of a thousand levels" "1500 different values, more than 1000" "$(cat "$scratch/many.csv")" "${usual[@]}" --group g
# Where strata are small the test of like differences finds what is not there: it says so, and is no result of full standing.
run_program compare "$project/tests/oracles/data/birthwt.csv" --arm smoke --outcome low --strata race,ht --methods q
check "few in a stratum are told" grep -q "small sample\]  low counts: it then finds differences where there are none" "$scratch/said"
# A row is of those whom its figure is of: pairs of the matched, strata of those with a counterpart.
printf 'arm,y,s,x\n' >"$scratch/of.csv"
awk 'BEGIN { for (i = 0; i < 60; i++) printf "%d,%d,%s,%d\n", i % 2, i % 3 == 0, i < 40 ? "a" : "b", i % 7; for (i = 0; i < 9; i++) print "0,1,c," i }' >>"$scratch/of.csv"
run_program compare "$scratch/of.csv" --arm arm --outcome y --strata s --covariates x --methods mh,match_1 --format csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 1 { print $at["estimand"], $at["method"], $at["n_iet"], $at["x_iet"], $at["n_comparison"] }' \
    "$scratch/said" >"$scratch/of"
check "strata are of the learners with a counterpart" grep -qx "risk_difference mh 30 10 30" "$scratch/of"
pairs=$(sed -n 's/^risk_difference match_1 //p' "$scratch/of")
check "pairs are of the matched, of whom no count of outcomes is told" grep -qE '^[0-9]+  [0-9]+$' <<<"$pairs"
check "and so is their test" grep -qx "independence mcnemar $pairs" "$scratch/of"
# What a figure is of, in words: who is not matched, what separates, what was taken together, which method is not among all.
awk 'BEGIN { print "a,y,x,g"; for (i = 0; i < 240; i++) printf "%d,%d,%s,%s\n", i % 3 == 0, i % 7 < 3, i == 6 ? "" : i % 11, i < 200 ? "p" : i < 230 ? "q" : "r" }' >"$scratch/words.csv"
run_program compare "$scratch/words.csv" --arm a --outcome y --covariates x --group g --strata g --methods all
check "match_k is told to be missing" grep -q "^match_k is not among all methods: it needs '--ratio 2' or more" "$scratch/said"
check "the column that separates the outcomes is named" grep -q "gcomp .*outcomes are separated by 'x missing': Firth" "$scratch/said"
check "and the one that separates the arms" grep -q "ipw_att .*arms are separated by 'x missing': Firth" "$scratch/said"
check "what 'other' is" grep -q "levels with fewer than 10 in either arm, taken together" "$scratch/said"
run_program compare "$scratch/of.csv" --arm arm --outcome y --strata s --covariates x --methods match_1
check "who is not matched, and why" grep -q "; the others find no one left in their stratum within the caliper" "$scratch/said"
run_program compare --table 60,100,30,100 --format csv
check "the fewest that are needed stand first" awk -F, '/,number_needed,/ { n++; ok = $12 + 0 < $10 + 0 && $10 + 0 < $13 + 0 } END { exit !(n == 1 && ok) }' "$scratch/said"
run_program compare --table 31,100,30,100
check "numbers through infinity are explained" grep -q "those up to ci_low and those from ci_high on, through infinity" "$scratch/said"
finish
