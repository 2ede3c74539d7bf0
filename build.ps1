# On Windows: builds dist\经办台账, runs the self-test of both programs in it, zips the folder and writes the zip's SHA-256 beside it.
#   powershell -ExecutionPolicy Bypass -File build.ps1
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot
python dev.py package
if ($LASTEXITCODE) { exit $LASTEXITCODE }
$version = python -c "import tomllib; print(tomllib.load(open('pyproject.toml', 'rb'))['project']['version'])"
$zip = "dist\jingban-$version-windows.zip"
Remove-Item $zip -ErrorAction SilentlyContinue
Compress-Archive -Path "dist\经办台账" -DestinationPath $zip
$digest = (Get-FileHash $zip -Algorithm SHA256).Hash.ToLower()
"$digest  $(Split-Path $zip -Leaf)" | Set-Content -Encoding ascii "$zip.sha256"
Write-Host "$zip  $digest"
