#!/bin/sh
# The doors behind `make`: find Python, bring uv, fill .venv from a lock, open one door.
#
#   PYTHON        the Python to build with        (else 3.11, then whatever python3 is)
#   PROBITY_VENV  where the environment lies      (else .venv)
#   JOBS          processes for the tests         (else 2)
#
# Nothing is built from source and nothing is taken that a lock does not name by its hash.
set -eu
cd "$(dirname -- "$0")/.."
ROOT=$(pwd -P)
export NO_MKDOCS_2_WARNING=1 # an advertisement, not a warning about us
VENV=${PROBITY_VENV:-$ROOT/.venv}
CACHE=${XDG_CACHE_HOME:-${HOME:-$ROOT/var}/.cache}/probity

# say CHINESE ENGLISH: one line to the person, in the language of the terminal
say() {
    case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
    zh*) printf '信监：%s\n' "$1" >&2 ;;
    *) printf 'probity: %s\n' "$2" >&2 ;;
    esac
}

fail() {
    say "$@"
    exit 1
}

# ---- Python ---------------------------------------------------------------------------------

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-} python3.11 python3 python3.12 python3.13 python3.14 python; do
        if command -v "$name" >/dev/null 2>&1 && fits "$name"; then
            python=$(command -v "$name")
            return
        fi
    done
    fail "需要 Python 3.11 至 3.14；没有找到（可用 PYTHON=路径 指定）。" \
        "Python 3.11 to 3.14 is needed and none was found (name one with PYTHON=path)."
}

# ---- uv: from PATH, else from our cache, else installed there from requirements/uv.lock -----

is_recent() { # `uv pip sync --require-hashes` as used here came with 0.5
    case "$("$1" --version 2>/dev/null)" in
    "uv 0."[0-4].* | "") return 1 ;;
    esac
}

find_uv() {
    if command -v uv >/dev/null 2>&1 && is_recent uv; then
        uv=$(command -v uv)
        return
    fi
    uv=$CACHE/uv
    if [ -x "$uv" ] && cmp -s requirements/uv.lock "$CACHE/uv.lock"; then
        return
    fi
    find_python
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
        fail "此 Python 缺少 venv 模块；Debian/Ubuntu 请先运行：apt install python3-venv" \
            "this Python lacks the venv module; on Debian or Ubuntu first run: apt install python3-venv"
    say "正在安装 uv（仅第一次）……" "installing uv into our cache folder, this once …"
    mkdir -p "$CACHE"
    making=$(mktemp -d "$CACHE/making.XXXXXX")
    trap 'rm -rf "$making"' EXIT
    "$python" -m venv "$making/venv"
    "$making/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
        --require-hashes --only-binary :all: --requirement requirements/uv.lock ||
        fail "无法从软件包索引取得 uv；请自行安装 uv 后重试。" \
            "uv could not be had from the package index; install uv yourself and try again."
    mv -f "$making/venv/bin/uv" "$uv"
    cp requirements/uv.lock "$CACHE/uv.lock"
    rm -rf "$making"
    trap - EXIT
}

# ---- the environment ------------------------------------------------------------------------

# The lock an environment was filled from is kept inside it: a second start compares two files.
is_filled_from() {
    cmp -s "requirements/$1.lock" "$VENV/filled-from-$1.lock" &&
        [ "$(cat "$VENV/checkout" 2>/dev/null)" = "$ROOT" ]
}

# Every lock is one resolution: run < docs, test < dev. A larger one serves a smaller wish.
ensure() {
    wanted=$1
    for level in "$wanted" test docs dev; do
        case "$wanted-$level" in test-docs | docs-test | dev-test | dev-docs) continue ;; esac
        if is_filled_from "$level"; then
            return
        fi
    done
    if [ -f "$VENV/filled-from-dev.lock" ]; then wanted=dev; fi
    if [ "$wanted" = docs ] && [ -f "$VENV/filled-from-test.lock" ]; then wanted=dev; fi
    if [ "$wanted" = test ] && [ -f "$VENV/filled-from-docs.lock" ]; then wanted=dev; fi
    if [ "$wanted" = run ] && [ -f "$VENV/filled-from-test.lock" ]; then wanted=test; fi
    fill "$wanted"
}

fill() {
    find_uv
    if ! fits "$VENV/bin/python" || { [ -f "$VENV/checkout" ] && [ "$(cat "$VENV/checkout")" != "$ROOT" ]; }; then
        find_python
        if [ -e "$VENV" ]; then
            [ -f "$VENV/pyvenv.cfg" ] || fail "$VENV 不是 Python 环境，未作改动。" "$VENV is no Python environment; left alone."
            rm -rf "$VENV"
        fi
        say "正在建立环境……" "making the environment with $("$python" --version) …"
        "$uv" venv --quiet --no-python-downloads --python "$python" "$VENV"
    fi
    rm -f "$VENV"/filled-from-*.lock
    sync_from "requirements/$1.lock"
    place_the_project
    cp "requirements/$1.lock" "$VENV/filled-from-$1.lock"
}

# The cache first: a lock pins every byte, so the index could not answer otherwise.
sync_from() {
    set -- pip sync --quiet --python "$VENV/bin/python" --require-hashes --only-binary :all: "$1"
    if "$uv" "$@" --offline 2>/dev/null; then
        return
    fi
    say "正在下载依赖（按哈希核对）……" "fetching what the lock names, checked by hash …"
    "$uv" "$@" ||
        fail "软件包索引不可达，本机缓存也不全；联网后重试，或用 UV_DEFAULT_INDEX 指定镜像。" \
            "the package index cannot be reached and the cache lacks something; try again online, or name a mirror in UV_DEFAULT_INDEX."
}

# An editable install would need a build tool from the index; a path file and a script do not.
place_the_project() {
    site=$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$ROOT/src" >"$site/probity.pth"
    cat >"$VENV/bin/probity" <<SCRIPT
#!/bin/sh
exec "$VENV/bin/python" -P -c 'import sys
sys.argv[0] = "probity"
from probity.wiring.commands import main
sys.exit(main())' "\$@"
SCRIPT
    chmod +x "$VENV/bin/probity"
    printf '%s\n' "$ROOT" >"$VENV/checkout"
}

# ---- the doors ------------------------------------------------------------------------------

# step CHINESE ENGLISH COMMAND…: run one check and name it when it fails
step() {
    zh=$1 en=$2
    shift 2
    say "$zh" "$en"
    "$@" || fail "未通过：$zh" "FAILED: $en"
}

open_door() {
    bin=$VENV/bin
    door=$1
    shift
    case $door in
    run)
        ensure run
        exec "$bin/probity" up "$@"
        ;;
    test)
        ensure test
        say "运行测试（SQLite，${JOBS:-2} 个进程；不含浏览器与长时测试）" \
            "running the tests (SQLite, ${JOBS:-2} processes; without browser and soak)"
        exec "$bin/pytest" -n "${JOBS:-2}" -m "not browser and not soak" "$@"
        ;;
    check)
        ensure dev
        step "代码规范" "lint" "$bin/ruff" check .
        step "代码格式" "format" "$bin/ruff" format --check .
        step "类型" "types" "$bin/mypy"
        step "导入方向" "imports run one way" "$bin/lint-imports" --no-logo
        step "房屋规则" "the house" "$bin/pytest" tests/house
        step "手册" "the manual" "$bin/mkdocs" build --strict --quiet
        say "全部通过。" "all checks passed."
        ;;
    soak)
        ensure test
        say "按问题单全量运行，可能需要数小时" "running the issue's numbers in full; this may take hours"
        exec "$bin/pytest" -m soak -s "$@"
        ;;
    bench)
        ensure dev
        for file in bench/[a-z]*.py; do
            [ -f "$file" ] || fail "bench 中没有测量。" "nothing is measured in bench yet."
            step "测量 $file" "measuring $file" "$bin/python" "$file" "$@"
        done
        ;;
    docs)
        ensure docs
        step "参考页" "making the reference pages" "$bin/python" tools/manual.py
        step "手册" "building the manual" "$bin/mkdocs" build --strict --quiet
        exec "$bin/mkdocs" serve --dev-addr "127.0.0.1:${PORT:-8001}"
        ;;
    lock)
        find_python
        find_uv
        "$python" tools/lock.py "$uv"
        ;;
    messages)
        ensure run
        command -v msgfmt >/dev/null 2>&1 || fail "需要 gettext（apt install gettext）。" "gettext is needed (apt install gettext)."
        cd src/probity
        "$bin/django-admin" makemessages --settings probity.wiring.settings --locale zh_Hans --no-obsolete --add-location file
        "$bin/django-admin" compilemessages --settings probity.wiring.settings --locale zh_Hans
        ;;
    size)
        ensure run
        size=$(du -sm "$VENV" | cut -f1)
        say "运行环境 $size MB（上限 500）" "the running environment takes $size MB (at most 500)"
        [ "$size" -le 500 ] || fail "超过上限。" "that is too much."
        ;;
    *) fail "没有这扇门：$door" "no such door: $door" ;;
    esac
}

open_door "$@"
