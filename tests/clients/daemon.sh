# Sourced by each test here: a daemon on the classic studio, with sockets of its own, and ways to see what it did.
# ctest says in CHRONUSD and CHRONUS where the two programs are.
set -euo pipefail
: "${CHRONUSD:?}" "${CHRONUS:?}"

folder=$(mktemp -d)
started=()  # what to stop at the end
clean_up() {
  [ ${#started[@]} -eq 0 ] || kill "${started[@]}" 2>/dev/null || true
  wait
  rm -rf "$folder"
}
trap clean_up EXIT

skip() { echo "skipped: $1"; exit 77; }
fail() { echo "$1" >&2; exit 1; }

# PROGRAM PACKAGE
need() { command -v "$1" >/dev/null || skip "$1 is not installed (package $2)"; }

# FILE TEXT: until a line of the file has it.
wait_for() {
  for _ in $(seq 600); do
    ! grep -sqF -- "$2" "$1" || return 0
    sleep 0.05
  done
  cat "$1" >&2
  fail "nothing above says: $2"
}

ask() { "$CHRONUS" --socket "$folder/socket" "$1"; }

# PARAMETER VALUE: asked of the daemon with its own client; who set it is told behind it.
expect_value() {
  local value
  value=$(ask "get $1")
  [ "$value" = "$2" ] || [[ $value == "$2 set by "* ]] || fail "$1 is '$value', not '$2'"
}

# TEXT: what the sequencer says of itself has it.
expect_sequencer() {
  local status
  status=$(ask /seq/status)
  [[ $status == *"$1"* ]] || fail "the sequencer says '$status', not '$1'"
}

# OPTION…: sets $port. It ends by itself, should this script be killed.
start_daemon() {
  "$CHRONUSD" --device null --port 0 --socket "$folder/socket" --seconds 100 "$@" >"$folder/daemon" 2>&1 &
  started+=($!)
  wait_for "$folder/daemon" "OSC on UDP port "
  port=$(sed -n 's/.* OSC on UDP port \([0-9]*\) .*/\1/p' "$folder/daemon")
}

# oscdump on a free port, which the kernel chooses. Sets $ear to the port; what it hears is in $folder/heard.
start_oscdump() {
  oscdump -L 0 >"$folder/heard" &
  started+=($!)
  local socket
  for _ in $(seq 600); do
    socket=$(readlink "/proc/$!/fd/"* | sed -n 's/^socket:\[\([0-9]*\)\]$/\1/p')
    ear=$(awk -v socket="${socket:-none}" '$10 == socket { sub(".*:", "", $2); print $2 }' /proc/net/udp /proc/net/udp6)
    [ -z "$ear" ] || { ear=$((16#$ear)); return 0; }
    sleep 0.05
  done
  fail "oscdump listens on no port"
}
