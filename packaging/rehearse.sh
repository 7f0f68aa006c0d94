#!/bin/sh
# Installs the package in a clean Debian tree and follows docs/user/en/administration.md there.
# rehearse.sh PACKAGE FOLDER DATABASE_URL PORT ISSUER: says of each part whether it was possible and
# went well. The provider at ISSUER sends people back to PORT.
set -u
package=$1 folder=$2 url=$3 port=$4 issuer=$5
base=$folder/base tree=$folder/tree
failed=0
say() { printf '%-34s %s\n' "$1" "$2"; }
part() { # part NAME COMMAND…
    name=$1; shift
    if "$@" >"$folder/log" 2>&1; then say "$name" passed; else say "$name" FAILED; tail -5 "$folder/log"; failed=1; fi
}
inside() { chroot "$tree" "$@"; }
as_user() { chroot --userspec=orchestre:orchestre "$tree" env HOME=/var/lib/orchestre "$@"; }
program="/usr/bin/orchestre --config /etc/orchestre/orchestre.toml"
cleanup() {
    [ -n "${pid:-}" ] && kill "$pid" 2>/dev/null
    umount "$tree/proc" 2>/dev/null
}
trap cleanup EXIT

mkdir -p "$folder"
if [ ! -e "$base/usr/bin/faketime" ]; then
    rm -rf "$base"
    debootstrap --variant=minbase \
        --include=systemd,systemd-sysv,dbus,ca-certificates,faketime,adduser \
        bookworm "$base" http://deb.debian.org/debian >"$folder/log" 2>&1 || { tail "$folder/log"; exit 1; }
fi
rm -rf "$tree"; cp -a "$base" "$tree"
mount -t proc proc "$tree/proc"
# The moved clock is shared between processes through here.
mkdir -p "$tree/dev/shm"; chmod 1777 "$tree/dev/shm"
cp "$package" "$tree/tmp/orchestre.deb"

part "package installs" inside apt-get -qq -y install /tmp/orchestre.deb
part "unit verifies" inside systemd-analyze verify --man=no /lib/systemd/system/orchestre.service
part "unit is hardened (1.5 at most)" inside systemd-analyze security --offline=true --threshold=15 orchestre.service
say "exposure" "$(inside systemd-analyze security --offline=true orchestre.service 2>/dev/null | tail -1)"
part "unit is enabled" test -L "$tree/etc/systemd/system/multi-user.target.wants/orchestre.service"

# The database and the address, as the page of the manual says.
printf '%s\n' "$url" >"$tree/etc/orchestre/database-url"
inside chown root:orchestre /etc/orchestre/database-url
chmod 0640 "$tree/etc/orchestre/database-url"
sed -i -e "s/^listen = .*/listen = \"127.0.0.1:$port\"\npublic_url = \"http:\/\/localhost:$port\"/" \
    -e 's|^# url_file|url_file|' "$tree/etc/orchestre/orchestre.toml"
# The provider, as the page of the manual says.
printf 'a-secret-of-the-stories\n' >"$tree/etc/orchestre/oidc-secret"
inside chown root:orchestre /etc/orchestre/oidc-secret
chmod 0640 "$tree/etc/orchestre/oidc-secret"
cat >>"$tree/etc/orchestre/orchestre.toml" <<EOF

[[oidc]]
id = "house"
name = "Ardenval"
issuer = "$issuer"
client_id = "orchestre"
client_secret_file = "/etc/orchestre/oidc-secret"
scopes = ["profile", "email", "groups"]
group_claim = "groups"
roles = { kam = "KAM" }
create = true
EOF
part "configuration is understood" as_user $program config check
if as_user $program config check | grep -q "$url"; then say "secrets are masked" FAILED; failed=1; else say "secrets are masked" passed; fi

serve() { as_user "$@" $program serve >"$folder/serve.log" 2>&1 & pid=$!; }
wait_for() { # wait_for PATH
    for _ in $(seq 100); do
        curl -fsS -o /dev/null "http://127.0.0.1:$port$1" 2>/dev/null && return 0
        sleep 0.2
    done
    tail -3 "$folder/serve.log"; return 1
}
serve env
part "serves on PostgreSQL as its user" wait_for /readyz
served=$(pgrep -f "$program serve" | tail -1)
owner=$(stat -c %u "/proc/$served" 2>/dev/null)
part "runs as orchestre" test "$owner" = "$(inside id -u orchestre)"
part "makes an administrator" as_user $program admin create --email ada@example.com --name Ada --role ADM
# Somebody comes in over the provider: its two forms, then the page of the week.
jar=$folder/cookies; rm -f "$jar"
visit() { curl -fsS -L -b "$jar" -c "$jar" "$@"; }
form() { grep -o 'action="[^"]*"' | head -1 | cut -d'"' -f2 | sed "s|^/|$issuer/|"; }
by_provider() {
    next=$(visit "http://localhost:$port/sign-in/oidc/house" | form)
    next=$(visit --data "prompt=login&login=noemie&password=whatever" "$next" | form)
    visit --data "prompt=consent" "$next" | grep 'Noémie Nouvel'
}
part "somebody comes in by OIDC" by_provider
kept="$tree/var/lib/orchestre/backups"
newest() { find "$kept" -name '*.tar.gz' 2>/dev/null | sort | tail -1; }
# An older one of the same day gives way to it: it is the name that tells.
made() { # made MOST_SECONDS
    for _ in $(seq $(($1 * 5))); do [ "$(newest)" != "$before" ] && return 0; sleep 0.2; done
    tail -3 "$folder/serve.log"; return 1
}
before=
part "the first backup is made" made 60
part "doctor finds nothing bad" as_user $program doctor --deep
kill -TERM "$served"; wait "$pid"; part "stops cleanly" test $? -eq 0; pid=

# The nightly backup. The first was made at once; the clock then stands at ten to two of the night
# that follows it and runs thirty times as fast: nothing before two, a file after.
before=$(newest)
first=$(basename "$before")
case ${first#*-} in
    0[01]*) night=today ;;
    *) night=tomorrow ;;
esac
serve faketime -f "@$(date -u -d $night +%F) 01:50:00 x30"
part "serves with a moved clock" wait_for /readyz
part "nightly backup fires (moved clock)" made 60
last=$(newest)
part "it is of after two o'clock" expr "$(basename "$last")" : "$(date -u -d $night +%Y%m%d)-02"
served=$(pgrep -f "$program serve" | tail -1)
[ -n "$served" ] && kill -TERM "$served" && wait "$pid"; pid=
part "it can be restored" as_user /usr/bin/orchestre restore "${last#"$tree"}" --data /tmp/restored
part "its chain holds" as_user /usr/bin/orchestre audit verify --data /tmp/restored

umount "$tree/proc"
# A booted system, where this machine lets one be booted.
if command -v systemd-nspawn >/dev/null; then
    timeout 60 systemd-nspawn -q -D "$tree" --register=no --keep-unit --boot \
        systemd.unit=multi-user.target >"$folder/boot.log" 2>&1 & booted=$!
    if wait_for /readyz; then
        say "booted: the unit serves" passed
        leader=$(pgrep -f "$program serve" | tail -1)
        say "booted: its user" "$(stat -c %u "/proc/$leader" 2>/dev/null) in the tree is $(chroot "$tree" id -u orchestre)"
    else
        say "booted: the unit serves" "not possible here: $(tail -1 "$folder/boot.log" | tr -d '\r')"
    fi
    kill "$booted" 2>/dev/null; wait "$booted" 2>/dev/null
fi
mount -t proc proc "$tree/proc"
part "package is purged" inside dpkg --purge orchestre
part "purge leaves the data alone" test -d "$tree/var/lib/orchestre" -a ! -e "$tree/etc/orchestre"
exit $failed
