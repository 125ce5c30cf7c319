#!/bin/sh
# Makes the model that JMR ships of a GGUF file of float16: ./ship.sh jmr-demo-F16.gguf
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
jmr=$here/../../jmr
target=$here/../../demo/src/main/resources/dev/jmr/demo
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A store of its own, without the model that JMR came with before; what is made is the same whenever it is made.
export MODELS_PATH="$work/models" JMR_DEMO=off JMR_EMBEDDED=1 SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1795392000}"

"$jmr" quantize "$1" "$work/jmr-demo.gguf" Q8_0
"$jmr" package --gguf "$work/jmr-demo.gguf" --parameter temperature=0.3 --license "$here/../../LICENSE" jmr/demo
mkdir -p "$target"
"$jmr" export jmr/demo -o "$target/jmr-demo.tar"
"$jmr" inspect jmr/demo >/dev/null
"$jmr" ls --json jmr/demo | sed -n 's/.*"id" *: *"\(sha256:[0-9a-f]*\)".*/\1/p' | head -n 1 >"$target/jmr-demo.id"
ls -l "$target"
