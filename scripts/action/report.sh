#!/usr/bin/env bash
# report.sh FOLDER: tells what a run found to whoever asked: the job's summary and annotations, the outputs
# mark, low, high, max and verdict, and each of DIALECTS as a file in FOLDER/dialects (reporter: as
# outputs). Reads RUN, CODE (the run's exit code), LANGUAGE, SCALE, DIALECTS, SIMULATED_COUNTS.
set -euo pipefail
folder=$1/dialects
grade=$(realpath -- "$(dirname "$0")/../../bin/grade.js")
mkdir -p "$folder"
# Here and not in the checkout: overrides.yaml and grading.yaml are read where one is.
cd "$1"

options=(--lang "$LANGUAGE")
[[ -z $SCALE ]] || options+=(--scale "$SCALE")
[[ $SIMULATED_COUNTS != true ]] || options+=(--simulated-counts)
report() { node "$grade" report "$RUN" "${options[@]}" --as "$@"; }

# Annotations come on stderr, and what others wrote is escaped in them.
report summary >>"$GITHUB_STEP_SUMMARY"
report json --out "$folder/result.json"
case $CODE in
0) verdict=passed ;;
1) verdict=lost ;;
2) verdict=inconclusive ;;
*) verdict=fault ;;
esac
echo "verdict=$verdict" >>"$GITHUB_OUTPUT"
# A mark that is not known is no mark: then low and high alone say what is left open.
jq -r --argjson code "$CODE" '(.score.scaled // (.score + { value: .score.points })) as $mark
  | "mark=\(if $code < 2 then $mark.value // "" else "" end)",
    "low=\($mark.low)", "high=\($mark.high)", "max=\(.scale.max // .score.max)"' \
  "$folder/result.json" >>"$GITHUB_OUTPUT"

IFS=$', \n' read -r -d '' -a wanted <<<"$DIALECTS" || true
for dialect in "${wanted[@]}"; do
  case $dialect in
  html | md) report "$dialect" --out "$folder/report.$dialect" ;;
  json | summary) ;;
  junit) report junit --out "$folder/junit.xml" ;;
  allure) report allure --out "$folder/allure-results" ;;
  csv | moodle-csv) report "$dialect" --out "$folder/$dialect.csv" ;;
  reporter) report reporter >>"$GITHUB_OUTPUT" ;;
  classroom50)
    # 2: there is no grade yet, so no file, and the earlier grade stays.
    said=0
    report classroom50 --out "$folder/classroom50" || said=$?
    ((said == 0 || said == 2 || said == 70)) || exit "$said"
    ;;
  *)
    echo '::error::dialects are html, md, json, junit, allure, csv, moodle-csv, reporter and classroom50.'
    exit 64
    ;;
  esac
done
