#!/usr/bin/env bash
# installers/macos/dmg.sh light|full: a disk image in dist/ of the app that `make bundle` leaves there.
#
# Untried: no Mac was at hand. IDENTITY names a certificate ("Developer ID Application: ..."); without it the app is
# signed for this computer only ("-"), and others must allow it once in the system's settings. After that, with a
# certificate: xcrun notarytool submit ... --wait, and xcrun stapler staple.
set -euo pipefail
cd "$(dirname "$0")/../.."
edition=${1:?light or full}
identity=${IDENTITY:--}
app="dist/Latent Darkroom.app"
entitlements=installers/macos/entitlements.plist

# From the inside out: a signature covers what lies within.
find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' -o -perm +111 \) -print0 |
    xargs -0 codesign --force --timestamp --options runtime --entitlements $entitlements --sign "$identity"
find "$app/Contents/Frameworks" -type d -name '*.framework' -prune -print0 |
    xargs -0 codesign --force --timestamp --options runtime --sign "$identity"
codesign --force --timestamp --options runtime --entitlements $entitlements --sign "$identity" "$app"
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
ditto "$app" "$stage/Latent Darkroom.app" # keeps links, which Qt's frameworks need
ln -s /Applications "$stage/Applications"
hdiutil create -volname "Latent Darkroom" -srcfolder "$stage" -format UDZO -ov "dist/latent-darkroom-$edition.dmg"
