#!/usr/bin/env bash
# The monthly crawl, from the pages to a branch that a person decides on.
#
#   propose.sh prepare       installs what the crawl needs on Debian and Ubuntu, and builds it
#   propose.sh crawl         crawls, and pushes the proposals as branch crawl/YYYY-MM
#   propose.sh pull-request  asks for its review on GitHub
#
# `crawl` works with any git remote. It never touches the files of the checkout: commits are made in a
# tree of their own. It never throws away a commit that it did not make. Besides proposals/YYYY-MM it
# commits shared/data/run.toml alone, the one file that needs no review.
#
# The crawl needs MICHISHIRUBE_CONTACT_PAGE and MICHISHIRUBE_CONTACT_MAIL: whom the administrators of
# the sites can turn to. What may be set: REMOTE, MAIN (branch), MONTH, OUT (folder for results), LIMIT (longest crawl, as
# timeout(1) writes it), STATE (folder of the crawl's records); folders as seen from the top of the
# checkout. Without STATE the records are kept on the branch crawl-state, one commit without history.
# GitHub's cache is no place for them: it forgets what nobody asked for during seven days, and
# artifacts end after ninety. Without records every page is asked for in full, and the guard against
# large changes has nothing to compare with. Who can read the repository can read the stored pages.
#
# Exit codes: 0 done, or nothing to do · 1 the crawl or a push failed, no data was changed ·
# 2 wrong use · 75 another crawl is running.
set -euo pipefail
shopt -s inherit_errexit

REMOTE=${REMOTE:-origin}
MAIN=${MAIN:-main}
MONTH=${MONTH:-$(TZ=Asia/Tokyo date +%Y-%m)}
OUT=${OUT:-${RUNNER_TEMP:-target}/propose}
LIMIT=${LIMIT:-2h}
BRANCH=crawl/$MONTH
RECORDS=crawl-state
TREE=$OUT/tree
export GIT_AUTHOR_NAME=${GIT_AUTHOR_NAME:-michishirube} GIT_AUTHOR_EMAIL=${GIT_AUTHOR_EMAIL:-michishirube@localhost}
export GIT_COMMITTER_NAME=${GIT_COMMITTER_NAME:-$GIT_AUTHOR_NAME} GIT_COMMITTER_EMAIL=${GIT_COMMITTER_EMAIL:-$GIT_AUTHOR_EMAIL}

# Says what went wrong and what to do, where the person in charge looks, and ends.
fail() {
    local code=$1 what=$2 remedy=$3
    printf 'propose: %s\n%s\n' "$what" "$remedy" >&2
    if [ -n "${GITHUB_ACTIONS:-}" ]; then
        printf '::error title=%s::%s\n' "$what" "$remedy" >&2
    fi
    if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
        printf '## %s\n\n%s\n' "$what" "$remedy" >>"$GITHUB_STEP_SUMMARY"
    fi
    exit "$code"
}

warn() {
    printf 'propose: %s\n' "$1" >&2
    if [ -n "${GITHUB_ACTIONS:-}" ]; then
        printf '::warning::%s\n' "$1" >&2
    fi
}

# Tells the next step what came of it.
result() {
    printf '%s\n' "$1" >"$OUT/result.txt"
    if [ -n "${GITHUB_OUTPUT:-}" ]; then
        printf 'result=%s\n' "$1" >>"$GITHUB_OUTPUT"
    fi
}

need() {
    command -v "$1" >/dev/null ||
        fail 2 "$1 がありません" "$2 を実行してから、もう一度実行してください。"
}

# The newest commit of a branch of the remote, fetched; nothing if there is no such branch.
tip() {
    local commit
    commit=$(git ls-remote "$REMOTE" "refs/heads/$1" | cut -f1) ||
        fail 1 "$REMOTE につながりません" "ネットワークと接続先（git remote -v）を確かめて、もう一度実行してください。何も変えていません。"
    if [ -n "$commit" ]; then
        git fetch --quiet --no-tags "$REMOTE" "refs/heads/$1"
    fi
    printf '%s' "$commit"
}

# Pushes a commit if the remote's branch still is where it was seen ("" = not there yet).
push() {
    local commit=$1 branch=$2 seen=$3
    git push --quiet --force-with-lease="refs/heads/$branch:$seen" "$REMOTE" "$commit:refs/heads/$branch"
}

# --- records of the crawls -------------------------------------------------------------------------

records_seen=

restore_records() {
    records_seen=$(tip "$RECORDS")
    rm -rf "$OUT/state"
    mkdir -p "$OUT/state"
    if [ -n "$records_seen" ]; then
        git archive "$records_seen" | tar -x -C "$OUT/state"
    fi
    # What people decided came with the pull requests they merged.
    if [ -f "$TREE/proposals/decisions.json" ]; then
        cp "$TREE/proposals/decisions.json" "$OUT/state/decisions.json"
    fi
}

save_records() {
    local folder commit
    folder=$(git rev-parse --absolute-git-dir)
    rm -f "$OUT/records.index"
    commit=$(
        cd "$OUT/state"
        export GIT_DIR=$folder GIT_WORK_TREE=$PWD GIT_INDEX_FILE=$OUT/records.index
        git -c core.autocrlf=false add --all --force .
        git commit-tree "$(git write-tree)" -m "crawler: records after the crawl of $MONTH"
    )
    push "$commit" "$RECORDS" "$records_seen" ||
        warn "巡回の記録を枝 $RECORDS に残せませんでした。次の巡回は、前回と比べられません。100 MB を超えるファイルがないか、書き込みの権限があるかを確かめてください。"
}

# --- what people read ------------------------------------------------------------------------------

# Title and text of the pull request. Words from the web stand in a block of plain text, one line
# each, so that nothing in them can become a link, a mention or markup.
describe() {
    local decisions=$STATE/decisions.json
    if [ ! -f "$decisions" ]; then
        decisions=$OUT/undecided.json
        printf '{"decisions":[]}' >"$decisions"
    fi
    jq --null-input --raw-output \
        --slurpfile run "$OUT/run.json" --slurpfile proposals "$OUT/proposals.json" \
        --slurpfile decided "$decisions" --argjson code "$1" --arg month "$MONTH" --arg branch "$BRANCH" '
        def tame: tostring | gsub("[\\p{C}\\p{Zl}\\p{Zp}\\s]+"; " ") | gsub("`"; "｀") | .[:200];
        def level: {"closing-soon": "締切が近い", "ahead": "これから締切", "normal": "期限なし", "routine": "記録の更新"}[.] // "期限なし";
        # As `review` counts: what was put off is asked again, and so is what somebody took back.
        def is_open($decided): . as $one
            | [$decided[] | select(.proposal == $one.id)] | last
            | . == null or .choice == "hold" or (.choice == "accept" and .applied == true and $one.sort != "conflict");
        def block: "```text", .[], "```";

        $run[0] as $run | $proposals[0] as $all
        | [$all.proposals[] | select(is_open($decided[0].decisions))] as $open
        | ($open | length) as $count
        | ([$open[] | select(.urgency.level == "closing-soon")] | length) as $soon
        | ($month | split("-") | "\(.[0])年\(.[1] | tonumber)月") as $when
        | (if $run.held then "【保留】\($when)の巡回：更新案 \($count)件（変化が大きいため、確認が先です）"
           elif $code != 0 then "【一部未読】\($when)の巡回：更新案 \($count)件（読めなかったページがあります）"
           elif $count == 0 then "\($when)の巡回：日付だけの更新（決めることはありません）"
           else "\($when)の巡回：更新案 \($count)件\(if $soon > 0 then "（急ぎ \($soon)件）" else "" end)" end) as $title
        | $count, $title,
        (if $count == 0 then "決めていただくことはありません。巡回した日だけを書き換えます。このまま取り込んで（Merge）ください。"
         else "\($when)の巡回で、決めていただく更新案が\($count)件見つかりました。データはまだ変えていません。" end),
        (if $run.held then "", "**変化が大きいため、すべて保留です。** サイトの改修や障害で読み違えていないか、まず元のページを開いて確かめてください。", ([$run.held | tame] | block) else empty end),
        (if $run.good or $run.held then empty else "", "この巡回では、読んでいないページがあります。そのページは前回の内容を残し、データの日付も変えていません。更新案は、読めたページのものです。" end),
        (if $count > 0 then "", "## 急ぐもの\(if $count > 10 then "から10件" else "から" end)", "",
            ([$open[:10] | to_entries[] | "\(.key + 1). ［\(.value.urgency.level | level)\(if .value.urgency.until then " \(.value.urgency.until | tame)" else "" end)］\(.value | if .program_title then "\(.program_title)：" else "" end)\(.value.headline)" | tame] | block)
         else empty end),
        (if ($run.alarms | length) > 0 then "", "## 巡回で気づいたこと（\($run.alarms | length)件\(if ($run.alarms | length) > 20 then "のうち20件" else "" end)）", "",
            ([$run.alarms[:20][] | "・\(.message) \(.url)" | tame] | block)
         else empty end),
        (if ($all.notices | length) > 0 then "", "更新案にならなかったページが\($all.notices | length)件あります。確認のページの下の方に、理由があります。" else empty end),
        (if $count > 0 then "", "## 次にすること", "",
            "1. 確認のページ（review.html）を開き、1件ずつ、採用・修正・却下・保留のどれかを選びます。",
            "2. 「決定を保存」を押して、decisions.json を保存します。",
            "3. 端末で、次を1行ずつ実行します（decisions.json の場所は、保存したところに合わせてください）。",
            "", "```sh",
            "git fetch && git switch \($branch)",
            "cargo run -p crawler -- apply --proposals proposals/\($month)/proposals.json --state proposals --decisions ~/Downloads/decisions.json",
            "cargo run -p crawler -- check",
            "```", "",
            "4. apply が表示した言葉とファイルで、1制度ずつコミットします。最後に、決めたことの控えもコミットして送ります。",
            "", "```sh",
            "git -C shared/data commit -m \"表示された言葉\" 表示されたファイル",
            "git add proposals && git commit -m \"proposals: decisions of \($month)\"",
            "git push",
            "```", "",
            "5. この画面で取り込み（Merge）、枝を消します。",
            "", "くわしくは README.ja.md の「毎月の30分」にあります。"
         else empty end)
    ' >"$OUT/text.txt" ||
        fail 1 "巡回の結果を読めません" "michishirube と propose.sh の版が合っているか確かめてください。何も変えていません。"
    sed -n 1p "$OUT/text.txt" >"$OUT/count.txt"
    sed -n 2p "$OUT/text.txt" >"$OUT/title.txt"
    sed 1,2d "$OUT/text.txt" >"$OUT/body.md"
}

# --- commits ---------------------------------------------------------------------------------------

# Commits the given files of the tree, as they are in OUT, on top of a commit; prints the new one, or
# the same if nothing differs.
commit_on() {
    local base=$1 message=$2
    shift 2
    git -C "$TREE" checkout --quiet --force --detach "$base"
    local file
    for file in "$@"; do
        mkdir -p "$TREE/$(dirname "$file")"
        cp "$OUT/$(basename "$file")" "$TREE/$file"
    done
    git -C "$TREE" add --force -- "$@"
    if ! git -C "$TREE" diff --cached --quiet; then
        git -C "$TREE" commit --quiet --no-verify --message "$message"
    fi
    git -C "$TREE" rev-parse HEAD
}

# The branch with this crawl's files, on top of what is there.
propose() {
    local base=$1 seen=$2 message=$3
    shift 3
    local commit
    commit=$(commit_on "$base" "$message" "$@")
    if [ "$commit" = "$seen" ]; then
        return
    fi
    if push "$commit" "$BRANCH" "$seen"; then
        return
    fi
    local now
    now=$(tip "$BRANCH")
    if [ "$now" = "$seen" ]; then
        fail 1 "枝 $BRANCH を送れません" "$REMOTE に書き込む権限と、枝の保護の設定を確かめて、もう一度実行してください。データは変えていません。"
    fi
    # Somebody was quicker: their commits stay, ours goes on top.
    commit=$(commit_on "${now:-$base}" "$message" "$@")
    push "$commit" "$BRANCH" "$now" ||
        fail 1 "枝 $BRANCH に、ほかの変更が続けて入りました" "ほかの人の作業が終わるのを待って、もう一度実行してください。枝にある変更は、そのまま残っています。"
}

forget_tree() {
    git worktree remove --force "$TREE" 2>/dev/null || true
    git worktree prune
}

crawl() {
    need git "apt-get install git"
    need jq "apt-get install jq"
    need michishirube "cargo install --path crawler"
    cd "$(git rev-parse --show-toplevel)"
    mkdir -p "$OUT"
    OUT=$(cd "$OUT" && pwd)
    TREE=$OUT/tree
    rm -f "$OUT"/{proposals.json,run.json,run.toml,review.html,text.txt,count.txt,title.txt,body.md,result.txt}
    result failed

    local main seen base
    main=$(tip "$MAIN")
    if [ -z "$main" ]; then
        fail 2 "$REMOTE に枝 $MAIN がありません" "MAIN に、もとになる枝の名前を指定してください。"
    fi
    seen=$(tip "$BRANCH")
    # A second crawl in a month goes on where the first one and the people who decide are, unless all
    # of that has been merged.
    base=$main
    if [ -n "$seen" ] && ! git merge-base --is-ancestor "$seen" "$main"; then
        base=$seen
    fi
    forget_tree
    trap forget_tree EXIT
    git worktree add --quiet --force --detach "$TREE" "$base"

    local keep=
    if [ -z "${STATE:-}" ]; then
        keep=yes
        STATE=$OUT/state
        restore_records
    fi
    local code=0
    timeout --signal=TERM --kill-after=1m "$LIMIT" \
        michishirube --data "$TREE/shared/data" crawl --state "$STATE" --out "$OUT" || code=$?
    if [ "$code" = 75 ]; then
        fail 75 "別の巡回が動いています" "終わるのを待って、もう一度実行してください。"
    fi
    # Also after a failure: the next crawl goes on from there.
    if [ -n "$keep" ]; then
        save_records
    fi
    # The report is written last: with it, everything belongs together. Exit code 1 beside a report
    # means that a person has to look: too much changed, or pages could not be read.
    if [ "$code" = 124 ] || [ "$code" = 3 ]; then
        fail 1 "巡回が途中で止まりました" "もう一度実行すると、続きから始まります（1回の上限は $LIMIT です）。データは変えていません。"
    fi
    if [ "$code" -gt 1 ] || [ ! -f "$OUT/run.json" ] || [ ! -f "$OUT/proposals.json" ]; then
        fail 1 "巡回できませんでした（終了コード $code）" "この記録の少し上に、michishirube が書いた理由と直し方があります。データは変えていません。前回までの内容が、そのまま使われます。"
    fi

    describe "$code"
    local count files
    count=$(cat "$OUT/count.txt")
    if [ "$count" = 0 ] && [ "$code" != 0 ]; then
        fail 1 "読めなかったページが多く、更新案を作れませんでした" "この記録の少し上に、読めなかったページと理由があります。数日おいて、もう一度実行してください。データは変えていません。"
    fi
    if [ "$count" = 0 ]; then
        if [ ! -f "$OUT/run.toml" ] || [ "$base" != "$main" ] || cmp --silent "$OUT/run.toml" "$TREE/shared/data/run.toml"; then
            result nothing
            printf '決めることはありません。\n'
            return
        fi
        local dated
        dated=$(commit_on "$main" "data: pages were searched, nothing new ($MONTH)" shared/data/run.toml)
        if git push --quiet "$REMOTE" "$dated:refs/heads/$MAIN"; then
            result nothing
            printf '決めることはありません。巡回した日を %s に書きました。\n' "$MAIN"
            return
        fi
        warn "$MAIN に直接は書けないため、巡回した日の更新も確認をお願いします。"
    fi

    # Exit code 1 says that proposals are left, which is what the page is for.
    local reviewed=0
    michishirube --data "$TREE/shared/data" review --state "$STATE" \
        --proposals "$OUT/proposals.json" --html "$OUT/review.html" || reviewed=$?
    if [ "$reviewed" -gt 1 ]; then
        fail 1 "確認のページを作れませんでした（終了コード $reviewed）" "この記録の少し上に、michishirube が書いた理由があります。データは変えていません。"
    fi
    files=("proposals/$MONTH/proposals.json" "proposals/$MONTH/run.json")
    if [ -f "$OUT/run.toml" ]; then
        files+=(shared/data/run.toml)
    fi
    local message="proposals: $count to decide on, crawl of $MONTH"
    case $(cat "$OUT/title.txt") in
    【保留】*) message="proposals: $count on hold, crawl of $MONTH changed too much" ;;
    【一部未読】*) message="proposals: $count to decide on, crawl of $MONTH without some pages" ;;
    esac
    propose "$base" "$seen" "$message" "${files[@]}"
    result proposals
    cat "$OUT/title.txt"
}

# --- GitHub ----------------------------------------------------------------------------------------

pull_request() {
    need gh "apt-get install gh"
    cd "$(git rev-parse --show-toplevel)"
    if [ "$(cat "$OUT/result.txt" 2>/dev/null)" != proposals ]; then
        fail 2 "知らせる更新案がありません" "先に propose.sh crawl を実行してください。"
    fi
    local pulls=repos/${GITHUB_REPOSITORY:?}/pulls number
    {
        if [ -n "${REVIEW_PAGE:-}" ]; then
            printf '**[確認のページ（review.html）をダウンロードする](%s)**（zip を開いて、中の review.html をブラウザーで開きます。90日で消えます）\n\n' "$REVIEW_PAGE"
        fi
        cat "$OUT/body.md"
    } >"$OUT/request.md"
    number=$(gh api --method GET "$pulls" -f "head=${GITHUB_REPOSITORY%%/*}:$BRANCH" -f state=open --jq '.[0].number // empty') ||
        fail 1 "GitHub に問い合わせできません" "この記録の少し上に理由があります。枝 $BRANCH は送ってあります。時間をおいて、もう一度実行してください。"
    if [ -n "$number" ]; then
        gh api --silent --method PATCH "$pulls/$number" -f "title=$(cat "$OUT/title.txt")" -F "body=@$OUT/request.md"
    else
        gh api --silent --method POST "$pulls" -f "head=$BRANCH" -f "base=$MAIN" \
            -f "title=$(cat "$OUT/title.txt")" -F "body=@$OUT/request.md" ||
            fail 1 "Pull request を作れませんでした" "GitHub の Settings → Actions → General で「Allow GitHub Actions to create and approve pull requests」を有効にして、もう一度実行してください。枝 $BRANCH は送ってあります。"
    fi
}

prepare() {
    local root=()
    if [ "$(id -u)" != 0 ]; then
        root=(sudo)
    fi
    "${root[@]}" apt-get -q update
    "${root[@]}" apt-get -q install -y jq poppler-utils poppler-data
    cargo build --release --locked --package crawler
    if [ -n "${GITHUB_PATH:-}" ]; then
        printf '%s\n' "$PWD/target/release" >>"$GITHUB_PATH"
    fi
}

case ${1:-} in
prepare) prepare ;;
crawl) crawl ;;
pull-request) pull_request ;;
*) fail 2 "propose.sh $*" "propose.sh prepare、propose.sh crawl、propose.sh pull-request のどれかを実行してください。" ;;
esac
