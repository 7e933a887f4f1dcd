@echo off
rem Starts DynoAI from an unpacked release. Needs Java 17 or newer.
rem analyze, batch, ve and agent work here; the pipeline (up) needs WSL2 or Docker.
setlocal
set "APP=%~dp0..\app"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>nul || (echo dynoai: no Java found: set JAVA_HOME to Java 17 or newer 1>&2& exit /b 5)
"%JAVA%" -XX:+UseSerialGC -Djdk.console=java.base %DYNOAI_JAVA_OPTS% -jar "%APP%\dynoai.jar" %*
exit /b %ERRORLEVEL%
