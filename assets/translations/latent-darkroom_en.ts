<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Autosave</name>
    <message numerus="yes">
        <source>Latent Darkroom was ended while %n photo(s) waited.</source>
        <translation>
            <numerusform>Latent Darkroom was ended while %n photo waited.</numerusform>
            <numerusform>Latent Darkroom was ended while %n photos waited.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExploreDialogs</name>
    <message numerus="yes">
        <source>Move %Ln picture(s) to the bin?</source>
        <translation>
            <numerusform>Move %Ln picture to the bin?</numerusform>
            <numerusform>Move %Ln pictures to the bin?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) stay, the best of each group.</source>
        <translation>
            <numerusform>%Ln picture stays, the best of its group.</numerusform>
            <numerusform>%Ln pictures stay, the best of each group.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExploreWords</name>
    <message numerus="yes">
        <source>%Ln picture(s) are chosen.</source>
        <translation>
            <numerusform>%Ln picture is chosen.</numerusform>
            <numerusform>%Ln pictures are chosen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exact copy(ies)</source>
        <translation>
            <numerusform>%n exact copy</numerusform>
            <numerusform>%n exact copies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n look alike</source>
        <translation>
            <numerusform>%n looks alike</numerusform>
            <numerusform>%n look alike</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln picture(s)</source>
        <translation>
            <numerusform>%1 of %Ln picture</numerusform>
            <numerusform>%1 of %Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln file could not be read</numerusform>
            <numerusform>%Ln files could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“%1” and %n other(s) are not there any more.</source>
        <translation>
            <numerusform>“%1” and %n other are not there any more.</numerusform>
            <numerusform>“%1” and %n others are not there any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FinetuneWords</name>
    <message numerus="yes">
        <source>%n picture(s) are left; at least %2 are needed.</source>
        <translation>
            <numerusform>%n picture is left; at least %2 are needed.</numerusform>
            <numerusform>%n pictures are left; at least %2 are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are left and may do; %2 or more usually work well.</source>
        <translation>
            <numerusform>%n picture is left and may do; %2 or more usually work well.</numerusform>
            <numerusform>%n pictures are left and may do; %2 or more usually work well.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are left: they are enough.</source>
        <translation>
            <numerusform>%n picture is left: it is enough.</numerusform>
            <numerusform>%n pictures are left: they are enough.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It learns from %n picture(s); %2 others judge it and are never learnt from.</source>
        <translation>
            <numerusform>It learns from %n picture; %2 others judge it and are never learnt from.</numerusform>
            <numerusform>It learns from %n pictures; %2 others judge it and are never learnt from.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GenerateWords</name>
    <message numerus="yes">
        <source>%n picture(s) are chosen.</source>
        <translation>
            <numerusform>%n picture is chosen.</numerusform>
            <numerusform>%n pictures are chosen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message numerus="yes">
        <source>Move %Ln file(s) to the bin?</source>
        <translation>
            <numerusform>Move %Ln file to the bin?</numerusform>
            <numerusform>Move %Ln files to the bin?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message numerus="yes">
        <source>%Ln result(s)</source>
        <translation>
            <numerusform>%Ln result</numerusform>
            <numerusform>%Ln results</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln result(s) chosen</source>
        <translation>
            <numerusform>%Ln result chosen</numerusform>
            <numerusform>%Ln results chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InterpolateTab</name>
    <message numerus="yes">
        <source>There is room for %n picture(s); the last were left out.</source>
        <translation>
            <numerusform>There is room for %n picture; the last were left out.</numerusform>
            <numerusform>There is room for %n pictures; the last were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n restored photo(s) are not saved.</source>
        <translation>
            <numerusform>One restored photo is not saved.</numerusform>
            <numerusform>%n restored photos are not saved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapScene</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsTab</name>
    <message numerus="yes">
        <source>%n more were not imported.</source>
        <translation>
            <numerusform>%n more was not imported.</numerusform>
            <numerusform>%n more were not imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message numerus="yes">
        <source>%n more cannot be opened.</source>
        <translation>
            <numerusform>%n more cannot be opened.</numerusform>
            <numerusform>%n more cannot be opened.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message numerus="yes">
        <source>%Ln step(s) in %2; the best came after %3.</source>
        <translation>
            <numerusform>%Ln step in %2; the best came after %3.</numerusform>
            <numerusform>%Ln steps in %2; the best came after %3.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SampleRow</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagger</name>
    <message numerus="yes">
        <source>%Ln picture(s) were copied to sub-folders of “%2”.</source>
        <translation>
            <numerusform>%Ln picture was copied to a sub-folder of “%2”.</numerusform>
            <numerusform>%Ln pictures were copied to sub-folders of “%2”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message numerus="yes">
        <source>Restore %n photos</source>
        <translation>
            <numerusform>Restore %n photo</numerusform>
            <numerusform>Restore %n photos</numerusform>
        </translation>
    </message>
</context>
</TS>
