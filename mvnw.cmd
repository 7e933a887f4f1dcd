@echo off
rem Runs Maven: the one on PATH (it must be 3.9.2 or newer), else the pinned one, fetched once into .m2\wrapper.
setlocal
set "ROOT=%~dp0"
if defined MVNW_PINNED goto pinned
where mvn >nul 2>nul && (call mvn %* & goto done)
:pinned
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
for /f "tokens=2 delims==" %%v in ('findstr /b "version=" "%ROOT%.mvn\wrapper\maven-wrapper.properties"') do set "VERSION=%%v"
set "MVN_HOME=%MAVEN_USER_HOME%\wrapper\apache-maven-%VERSION%"
if not exist "%MVN_HOME%\bin\mvn.cmd" "%JAVA%" "%ROOT%.mvn\wrapper\FetchMaven.java" "%ROOT%.mvn\wrapper\maven-wrapper.properties" "%MVN_HOME%" "%MAVEN_USER_HOME%\settings.xml" || exit /b 1
call "%MVN_HOME%\bin\mvn.cmd" %*
:done
exit /b %ERRORLEVEL%
