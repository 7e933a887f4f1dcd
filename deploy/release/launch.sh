# Starts the application; sourced by both launchers (bin/dynoai of a release, ./dynoai of a checkout).
# In: app (folder of dynoai.jar), archives (writable folder for class-data archives), functions is_stale and build.
# DYNOAI_JAVA_OPTS holds further options for the JVM.

die() {
  echo "dynoai: $1" >&2
  exit 5
}

find_java() {
  local key value
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java java_home=$JAVA_HOME
    [[ -x $java ]] || die "no Java found: JAVA_HOME is set, but $java is not executable"
  else
    hash java 2>/dev/null || die "no Java found: set JAVA_HOME to Java 17 or newer, or put its bin folder on PATH"
    java=${BASH_CMDS[java]}
    java_home=$(readlink -f "$java") && java_home=${java_home%/bin/java}
  fi
  jdk='' jdk_id=''
  # The release file has the version without a JVM start.
  if [[ -r $java_home/release ]]; then
    while IFS='=' read -r key value; do
      value=${value//\"/}
      case $key in
        JAVA_VERSION) jdk=$value ;;
        JAVA_RUNTIME_VERSION | IMPLEMENTOR | OS_ARCH) jdk_id+=${value//[^A-Za-z0-9.+-]/_}- ;;
      esac
    done <"$java_home/release"
  fi
  [[ -n $jdk ]] || jdk=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.version = //p')
  feature=${jdk%%[.+-]*}
  [[ $feature =~ ^[0-9]+$ ]] || die "cannot read the version of $java"
  ((feature >= 17)) || die "$java is version $jdk; DynoAI needs Java 17 or newer (set JAVA_HOME)"
  jdk_id=${jdk_id:-$jdk-}
}

# A symlink is created atomically; its target is the owner's process id.
lock() {
  local holder said=
  until ln -s "$$" "$archives.lock" 2>/dev/null; do
    holder=$(readlink "$archives.lock" || true)
    if [[ -n $holder ]] && ! kill -0 "$holder" 2>/dev/null; then
      rm -f "$archives.lock"
      continue
    fi
    [[ -w ${archives%/*} ]] || die "cannot write to ${archives%/*}"
    [[ -n $said ]] || echo "dynoai: waiting for another dynoai that is preparing (process $holder)" >&2
    said=1
    sleep 0.2
  done
  trap 'rm -f "$archives.lock"' EXIT
}

# Creates the class-data archive for this JDK. A failure only costs start-up time.
train() {
  echo "dynoai: preparing fast starts on JDK $jdk" >&2
  local work=$archives/training.$$
  mkdir -p "$work"
  local run=("$java" "${flags[@]}" -cp "$app/dynoai.jar")
  if ((feature >= 25)); then
    "${run[@]}" -XX:AOTCacheOutput="$work/archive" dynoai.app.StartUpTraining "$work" $kind
  else
    # A full archive: a dynamic one on top of the JDK's cannot hold old class files such as picocli's.
    "${run[@]}" -XX:DumpLoadedClassList="$work/classes" dynoai.app.StartUpTraining "$work" $kind &&
      "${run[@]}" -Xshare:dump -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$work/archive"
  fi >/dev/null 2>&1 || rm -f "$work/archive"
  # An empty file records that training failed, so that it is not repeated.
  [[ -s $work/archive ]] || : >"$work/archive"
  mv -f "$work/archive" "$archive"
  rm -rf "$work"
}

# Commands that run stages, others that run long, and those that run at a shop, in little memory. CommandsTest compares the lists
# with the class Commands.
node_commands='up demo ingest admit analyzer exporter intake self-test'
long_commands='replay catalogue batch determinism recipe'
shop_commands='agent'

# Whether the command ends before the optimising compiler would pay off: no pipeline, no batch, no log above 32 MiB.
is_short() {
  local argument files=()
  [[ " $node_commands $long_commands " != *" ${1:-} "* ]] || return 1
  for argument; do
    argument=${argument#--*=}
    [[ ! -f $argument || $argument == -* ]] || files+=("$argument")
  done
  ((${#files[@]} == 0)) || [[ -z $(find -L "${files[@]}" -prune -size +65535 -print -quit 2>/dev/null) ]]
}

find_java
flags=(-XX:+UseSerialGC -XX:-UsePerfData -Djdk.console=java.base -Xlog:disable -Xlog:all=error:stderr)
# A node loads Kafka, three times the classes of an analysis: it has an archive of its own.
kind=analysis
[[ " $node_commands " != *" ${1:-} "* ]] || kind=node
if [[ $kind == node ]]; then
  # Keeps node and broker under 1 GiB on any machine. Records die young, so the young generation is large. Compiling all of
  # Kafka costs more than it saves, so only hot code is optimised.
  flags+=(-Xmx512m -Xmn160m -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000)
fi
if ((feature >= 25)); then
  archive=$archives/${jdk_id}$kind.aot use=-XX:AOTCache
else
  archive=$archives/${jdk_id}$kind.jsa use=-XX:SharedArchiveFile
fi
if is_stale || [[ ! -f $archive ]]; then
  if mkdir -p "$archives" 2>/dev/null && [[ -w $archives ]]; then
    lock
    ! is_stale || build
    [[ -f $archive ]] || train
    rm -f "$archives.lock"
    trap - EXIT
  elif is_stale; then
    die "cannot write to $archives"
  fi
fi
[[ ! -s $archive ]] || flags+=("$use=$archive")
[[ " $shop_commands " != *" ${1:-} "* ]] || flags+=(-Xmx64m)
! is_short "$@" || flags+=(-XX:TieredStopAtLevel=1)
# In the C locale Java cannot name files with letters beyond ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in C | POSIX) export LC_ALL=C.UTF-8 ;; esac
exec "$java" "${flags[@]}" ${DYNOAI_JAVA_OPTS:-} -jar "$app/dynoai.jar" "$@"
