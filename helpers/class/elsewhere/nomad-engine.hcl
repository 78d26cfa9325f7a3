# What `grade class --engine nomad` registers in the teacher's Nomad cluster: one job for the class, of
# which each student is a dispatch. A copy may be changed and given with --nomad-job FILE: another driver,
# a node pool, constraints, resources. The grader sets the job's name; what it sends and fetches must
# stay as it is: the payload's file, the two keys of meta, and the reports in the allocation's data.
job "grade-class" {
  type        = "batch"
  # All of them; before Nomad 1.5 they are named.
  datacenters = ["*"]

  parameterized {
    payload       = "required"
    meta_required = ["student", "options"]
  }

  group "grade" {
    # A client that is lost, or on which the grader cannot start: the next one, whenever that is.
    reschedule {
      attempts       = 0
      unlimited      = true
      delay          = "5s"
      delay_function = "exponential"
      max_delay      = "5m"
    }
    restart {
      attempts = 0
      mode     = "fail"
    }
    # Evidence and reports of a run take 2 MB.
    ephemeral_disk {
      size = 300
    }

    task "grade" {
      # raw_exec is off in Nomad unless a client's configuration turns it on. As root, the job can make a
      # local cluster; for the lab any user does, and any driver that has Node 24 and the grader.
      driver = "raw_exec"
      # The grader restores before it ends.
      kill_timeout = "30s"

      dispatch_payload {
        file = "submission.tar.gz"
      }

      env {
        # The grader on the client, as a command.
        GRADE = "grade"
      }

      config {
        command = "/bin/sh"
        args = ["-c", <<EOT
set -eu
mkdir -p local/submission
tar -xzf local/submission.tar.gz -C local/submission
# The options are several words.
$GRADE run --submission local/submission --out "$NOMAD_ALLOC_DIR/data/reports" --no-screenshot \
  $NOMAD_META_options -- "$NOMAD_META_student" &
grading=$!
# A job that is stopped ends its grader, which ends its cluster.
trap 'kill -TERM "$grading"' INT TERM
code=0
wait "$grading" || code=$?
# A signal ends the wait and not the grader.
while kill -0 "$grading" 2>/dev/null; do
  code=0
  wait "$grading" || code=$?
done
echo "$code" >"$NOMAD_ALLOC_DIR/data/exit"
# A run that ended is not to be repeated, whatever the grade.
case $code in 0 | 1 | 2 | 64 | 70) exit 0 ;; esac
exit "$code"
EOT
        ]
      }

      resources {
        # The lab keeps one core busy; a local cluster needs more memory: see docs/class-engines.md.
        cpu    = 1000
        memory = 512
      }
    }
  }
}
