@echo off
rem Runs DynoAI on Windows: builds what was never built, then starts it. After a change of the sources run mvnw.cmd package.
rem analyze, batch, ve and agent work here; the pipeline (up) needs WSL2 or Docker.
setlocal
set "ROOT=%~dp0"
set "APP=%ROOT%deploy\app\target\app"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>nul || (echo dynoai: no JDK found: set JAVA_HOME to a JDK 17 or newer 1>&2& exit /b 5)
if exist "%APP%\dynoai.jar" goto run
echo dynoai: building (a first build fetches its libraries and takes a minute or two) 1>&2
call "%ROOT%mvnw.cmd" -q -B -f "%ROOT%pom.xml" -DskipGates -Dmaven.test.skip=true -pl deploy/app -am package 1>&2 || exit /b 5
:run
"%JAVA%" -XX:+UseSerialGC -Djdk.console=java.base %DYNOAI_JAVA_OPTS% -jar "%APP%\dynoai.jar" %*
exit /b %ERRORLEVEL%
