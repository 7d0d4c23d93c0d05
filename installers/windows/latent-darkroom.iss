; Inno Setup 6: iscc /DEdition=light /DVersion=0.1.0 installers\windows\latent-darkroom.iss
;
; Untried: no Windows was at hand. For one user, without a password; photos get one more "Open with".
; Inno Setup has no limit of 2 GB as other makers of installers have, so the full edition fits.

#ifndef Edition
  #define Edition "light"
#endif
#ifndef Version
  #error Say which version it is: /DVersion=0.1.0
#endif
#define Name "Latent Darkroom"
#define Program "latent-darkroom.exe"

[Setup]
; Both editions share it: one takes the place of the other.
AppId={{8E0C2C57-6B0E-4C1B-9C55-6E1B1B1D0A7C}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version} ({#Edition})
VersionInfoVersion={#Version}
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\assets\icons\app.ico
UninstallDisplayIcon={app}\{#Program}
OutputDir=..\..\dist
OutputBaseFilename=latent-darkroom-{#Edition}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; What an older version left, so that it is not found beside the new one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\latent-darkroom-{#Edition}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\{#Program}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Program}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""
#define Photo(Suffix) 'Root: HKA; Subkey: "Software\Classes\Applications\' + Program + '\SupportedTypes"; ValueType: string; ValueName: "' + Suffix + '"; ValueData: ""'
#define Open(Suffix) 'Root: HKA; Subkey: "Software\Classes\' + Suffix + '\OpenWithList\' + Program + '"; Flags: uninsdeletekey'
#emit Photo(".jpg")
#emit Open(".jpg")
#emit Photo(".jpeg")
#emit Open(".jpeg")
#emit Photo(".png")
#emit Open(".png")
#emit Photo(".tif")
#emit Open(".tif")
#emit Photo(".tiff")
#emit Open(".tiff")
#emit Photo(".webp")
#emit Open(".webp")
#emit Photo(".heic")
#emit Open(".heic")
#emit Photo(".heif")
#emit Open(".heif")
#emit Photo(".avif")
#emit Open(".avif")
#emit Photo(".bmp")
#emit Open(".bmp")
#emit Photo(".gif")
#emit Open(".gif")

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent
