#!/usr/bin/env bash
# installers/linux/appimage.sh light|full: an AppImage in dist/ of the bundle that lies there.
#
# The folder (AppDir) was tried, with its self-test; the packing needs appimagetool on the PATH and is untried.
# What it needs of the computer: glibc 2.34 (Ubuntu 22.04, Debian 12, Fedora 35 or newer), as Qt does.
set -euo pipefail
cd "$(dirname "$0")/../.."
edition=${1:?light or full}
here=installers/linux
folder=dist/latent-darkroom-$edition.AppDir

rm -rf "$folder"
mkdir -p "$folder"/usr/{bin,lib,share/{applications,metainfo}}
cp -a "dist/latent-darkroom-$edition" "$folder/usr/lib/latent-darkroom"
ln -s ../lib/latent-darkroom/latent-darkroom "$folder/usr/bin/latent-darkroom"
install -m 755 $here/AppRun "$folder/AppRun"
cp $here/latent-darkroom.desktop "$folder/usr/share/applications/"
cp $here/latent-darkroom.metainfo.xml "$folder/usr/share/metainfo/"
for picture in assets/icons/app/*.png; do
    side=$(basename "$picture" .png)
    install -Dm 644 "$picture" "$folder/usr/share/icons/hicolor/${side}x$side/apps/latent-darkroom.png"
done
install -Dm 644 assets/icons/app.svg "$folder/usr/share/icons/hicolor/scalable/apps/latent-darkroom.svg"
ln -s usr/share/applications/latent-darkroom.desktop "$folder/latent-darkroom.desktop"
ln -s usr/share/icons/hicolor/scalable/apps/latent-darkroom.svg "$folder/latent-darkroom.svg"
ln -s latent-darkroom.svg "$folder/.DirIcon"

if command -v appimagetool > /dev/null; then
    ARCH=x86_64 appimagetool "$folder" "dist/latent-darkroom-$edition-x86_64.AppImage"
else
    echo "There is no appimagetool: $folder is ready to be packed, its AppRun starts the program."
fi
