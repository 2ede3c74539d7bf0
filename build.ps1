# On Windows: builds dist\经办台账, runs the self-test of both programs in it, zips the folder and writes the zip's SHA-256 beside it.
#   powershell -ExecutionPolicy Bypass -File build.ps1
# Python 3.11 from python.org must be installed; everything else comes from requirements\package.txt, held against its hashes.
# The build fails above 80 MB. Nothing is written outside this folder, and no administrator's rights are needed.
# Double click on .jingban: not the business of the build; each user switches it on (设置, or 经办台账.exe --associate) and off (--dissociate).
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot
$env:PYTHONUTF8 = "1"
python dev.py package
exit $LASTEXITCODE
