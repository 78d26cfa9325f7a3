#!/usr/bin/env bash
# grade.sh FOLDER: grades in FOLDER, where nothing of the student's is, and says in $GITHUB_OUTPUT how it
# ended (exit) and where its reports are (run, report). Ends with 0 whatever the grade: the action's last
# step makes the job red. Reads SUBMISSION, STUDENT, CLUSTER, CLIENTS, ITEMS, LANGUAGE, DEADLINE, ARCHIVES.
set -euo pipefail
folder=$1
grade=$(realpath -- "$(dirname "$0")/../../bin/grade.js")
refuse() {
  echo "::error::$1"
  echo "exit=64" >>"$GITHUB_OUTPUT"
  exit 64
}

[[ $DEADLINE =~ ^[1-9][0-9]{0,3}$ ]] || refuse 'deadline is a whole number of minutes.'
[[ -d $SUBMISSION ]] || refuse 'submission is no folder of this checkout.'
handed_in=$(realpath -- "$SUBMISSION")
where=$CLUSTER
if [[ $where != lab && $where != local ]]; then
  [[ -f $where ]] || refuse 'cluster is lab, local, or the path of a cluster file.'
  where=$(realpath -- "$where")
  # A cluster file may name commands to run: one that was handed in is not the teacher's.
  [[ $where/ != "$handed_in"/* ]] || refuse \
    'The cluster file is in the folder that is graded: check the submission out into one of its own.'
fi

options=(--submission "$handed_in" --cluster "$where" --out "$folder/reports")
options+=(--lang "$LANGUAGE" --deadline "$DEADLINE")
[[ -z $ITEMS ]] || options+=(--items "$ITEMS")
[[ -z $CLIENTS ]] || options+=(--clients "$CLIENTS")
[[ -z ${SEED:-} ]] || options+=(--seed "$SEED")
if [[ -n $ARCHIVES ]]; then
  IFS=, read -r -a archives <<<"$ARCHIVES"
  mapfile -t archives < <(realpath -- "${archives[@]}")
  options+=(--images "$(IFS=, && echo "${archives[*]}")")
fi

# The local cluster's VMs are namespaces, which root makes; nothing of the job's environment goes along.
root=()
[[ $where != local || $(id -u) == 0 ]] || root=(sudo)
as=(env)
[[ $where != local ]] || as=(env -i LANG=C.UTF-8 HOME=/root)
# Should the run outlive its own deadline: as Ctrl-C does, which restores before it ends.
wait=$((DEADLINE * 60 + 60))
cd "$folder"
# What a student wrote is never a command to the runner, whatever is printed.
word=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$word"
"${root[@]}" "${as[@]}" "PATH=$folder/bin:$PATH" timeout --signal=INT --kill-after=120 "$wait" \
  "$(command -v node)" "$grade" run "${options[@]}" -- "${STUDENT:-${GITHUB_REPOSITORY##*/}}" 2>&1 &
grading=$!
# A job that is cancelled has some seconds: the grader restores, and ends. A second signal would end it
# at once, so it gets the first only.
trap 'trap "" INT TERM; "${root[@]}" kill -TERM "$grading"' INT TERM
code=0
wait "$grading" || code=$?
# A signal ends the wait and not the grader.
while "${root[@]}" kill -0 "$grading" 2>/dev/null; do
  code=0
  wait "$grading" || code=$?
done
printf '\n::%s::\n' "$word"

((${#root[@]} == 0)) || sudo chown -R "$(id -u):$(id -g)" "$folder"
run=$(readlink -f "$folder"/reports/*/latest || true)
[[ -f $run/result.json ]] || run=
{
  echo "exit=$code"
  echo "run=$run"
  [[ -z $run ]] || echo "report=$run/report.html"
} >>"$GITHUB_OUTPUT"
