<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AlikePage</name>
    <message>
        <source>Groups of look-alikes</source>
        <translation>相似图片组</translation>
    </message>
    <message>
        <source>The best of each group stands first: the one with the most pixels. Space compares them.</source>
        <translation>每组最好的一张排在最前，也就是像素最多的一张。按空格键可以对比。</translation>
    </message>
    <message>
        <source>No two pictures look alike.</source>
        <translation>没有相似的图片。</translation>
    </message>
</context>
<context>
    <name>AppearanceMenu</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme as the system</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Nothing moves but what you play. Also on where the system asks for it.</source>
        <translation>除了你主动播放的内容，画面不会自己动。系统要求减少动画时也会如此。</translation>
    </message>
    <message>
        <source>Reset all settings…</source>
        <translation>重置所有设置…</translation>
    </message>
    <message>
        <source>Reset all settings?</source>
        <translation>重置所有设置吗？</translation>
    </message>
    <message>
        <source>Theme, language, keys, folders and recent files become as they were on the first day. Photos, models, presets, favourites and the history stay.</source>
        <translation>主题、语言、快捷键、文件夹和最近使用的文件会恢复到最初的样子。照片、模型、预设、收藏和历史记录保持不变。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>There is no place for the pictures at work.</source>
        <translation>没有地方存放正在处理的图片。</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be used. Make room there, or let the program write to it.</source>
        <translation>文件夹“{folder}”无法使用。请腾出空间，或允许程序写入。</translation>
    </message>
</context>
<context>
    <name>Autosave</name>
    <message>
        <source>What the last window held could not be read. This one begins anew.</source>
        <translation>上个窗口的内容读不出来了，这次从头开始。</translation>
    </message>
    <message numerus="yes">
        <source>Latent Darkroom was ended while %n photo(s) waited.</source>
        <translation>
            <numerusform>Latent Darkroom 意外结束，当时还有 %n 张照片在等待。</numerusform>
        </translation>
    </message>
    <message>
        <source>Latent Darkroom was ended before it was closed.</source>
        <translation>Latent Darkroom 上次没有正常关闭。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Act on this notice</source>
        <translation>处理这条提示</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>关闭这条提示</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Arrow keys move, plus and minus zoom, 0 fits, 1 shows real pixels, B held shows the original.</source>
        <translation>方向键移动，加号和减号缩放，0 适合窗口，1 显示实际像素，按住 B 显示原图。</translation>
    </message>
    <message>
        <source>{width} by {height} pixels at {zoom} %</source>
        <translation>{width} × {height} 像素，缩放 {zoom} %</translation>
    </message>
    <message>
        <source>before and after, divided at {share} %</source>
        <translation>修复前与修复后，分界在 {share} %</translation>
    </message>
    <message>
        <source>before and after, side by side</source>
        <translation>修复前与修复后，并排</translation>
    </message>
    <message>
        <source>after</source>
        <translation>修复后</translation>
    </message>
    <message>
        <source>where the model is unsure</source>
        <translation>模型拿不准的地方</translation>
    </message>
    <message>
        <source>before</source>
        <translation>修复前</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>certain</source>
        <translation>有把握</translation>
    </message>
    <message>
        <source>a guess</source>
        <translation>靠猜测</translation>
    </message>
</context>
<context>
    <name>CentredSlider</name>
    <message>
        <source>%1: back to the middle</source>
        <translation>%1：回到中间</translation>
    </message>
    <message>
        <source>Back to the middle (double click)</source>
        <translation>回到中间（双击）</translation>
    </message>
    <message>
        <source>Remove the slider %1</source>
        <translation>删除滑块 %1</translation>
    </message>
    <message>
        <source>Remove this slider</source>
        <translation>删除这个滑块</translation>
    </message>
    <message>
        <source>{value} less</source>
        <translation>减少 {value}</translation>
    </message>
    <message>
        <source>{value} more</source>
        <translation>增加 {value}</translation>
    </message>
    <message>
        <source>in the middle</source>
        <translation>在中间</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>The first point comes soon.</source>
        <translation>很快就有第一个点。</translation>
    </message>
</context>
<context>
    <name>Closer</name>
    <message>
        <source>yellow: where the model draws it most wrong</source>
        <translation>黄色：模型画得最不准的地方</translation>
    </message>
</context>
<context>
    <name>CropFrame</name>
    <message>
        <source>Arrow keys move the frame, plus and minus resize it, 0 makes it as large as it can be.</source>
        <translation>方向键移动选框，加号和减号改变大小，0 放到最大。</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>{side} by {side} pixels, {left} from the left, {top} from the top</source>
        <translation>{side} × {side} 像素，距左边 {left}，距上边 {top}</translation>
    </message>
</context>
<context>
    <name>DevicesAsk</name>
    <message>
        <source>The devices could not be asked.</source>
        <translation>无法查询设备。</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Looking for devices…</source>
        <translation>正在查找设备…</translation>
    </message>
    <message>
        <source>The engine has not started yet.</source>
        <translation>引擎还没有启动。</translation>
    </message>
    <message>
        <source>The engine runs on: %1</source>
        <translation>引擎运行于：%1</translation>
    </message>
    <message>
        <source>Start the program again and it will use: %1</source>
        <translation>重新启动程序后会使用：%1</translation>
    </message>
</context>
<context>
    <name>Door</name>
    <message>
        <source>Restore</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Sliders</source>
        <translation>滑块</translation>
    </message>
    <message>
        <source>Interpolate</source>
        <translation>过渡</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>Dropped</name>
    <message>
        <source>{name}: the work folder cannot be written.</source>
        <translation>{name}：无法写入工作文件夹。</translation>
    </message>
</context>
<context>
    <name>Edition</name>
    <message>
        <source>Learning needs the full edition of Latent Darkroom: this light one comes without PyTorch.</source>
        <translation>学习需要 Latent Darkroom 完整版：这个精简版不带 PyTorch。</translation>
    </message>
    <message>
        <source>Importing weights needs the full edition of Latent Darkroom, which can save them as .darkroom files for this light one.</source>
        <translation>导入权重需要 Latent Darkroom 完整版，它可以把权重存成 .darkroom 文件给这个精简版使用。</translation>
    </message>
</context>
<context>
    <name>EngineClient</name>
    <message>
        <source>The engine does not start. The log says why.</source>
        <translation>引擎无法启动，原因见日志。</translation>
    </message>
    <message>
        <source>The engine stopped twice while it worked on this.</source>
        <translation>引擎处理这一项时停止了两次。</translation>
    </message>
</context>
<context>
    <name>ExploreActions</name>
    <message>
        <source>Explore a folder…</source>
        <translation>探索文件夹…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再看一遍</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Save a report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Choose what is most like it</source>
        <translation>选中与它最像的</translation>
    </message>
    <message>
        <source>Move to the bin…</source>
        <translation>移到回收站…</translation>
    </message>
    <message>
        <source>Copy to a folder…</source>
        <translation>复制到文件夹…</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Send to Restore</source>
        <translation>发送到“修复”</translation>
    </message>
    <message>
        <source>Send to Sliders</source>
        <translation>发送到“滑块”</translation>
    </message>
    <message>
        <source>Send to Interpolate</source>
        <translation>发送到“过渡”</translation>
    </message>
    <message>
        <source>Draw what lies in the middle</source>
        <translation>画出中间的样子</translation>
    </message>
    <message>
        <source>Accept the suggestion</source>
        <translation>接受建议</translation>
    </message>
    <message>
        <source>Refuse the suggestion</source>
        <translation>拒绝建议</translation>
    </message>
    <message>
        <source>Take the tag away</source>
        <translation>去掉标签</translation>
    </message>
    <message>
        <source>Tags to sub-folders…</source>
        <translation>按标签分到子文件夹…</translation>
    </message>
    <message>
        <source>Tags to a table…</source>
        <translation>把标签存成表格…</translation>
    </message>
    <message>
        <source>Tag to a slider</source>
        <translation>把标签做成滑块</translation>
    </message>
    <message>
        <source>Keep the best of these…</source>
        <translation>只留每组最好的…</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>细看</translation>
    </message>
    <message>
        <source>Look closer (Space)</source>
        <translation>细看（空格）</translation>
    </message>
    <message>
        <source>Show where it is odd</source>
        <translation>显示异常之处</translation>
    </message>
    <message>
        <source>Show the whole map</source>
        <translation>显示整张地图</translation>
    </message>
    <message>
        <source>Drag moves the map</source>
        <translation>拖动时移动地图</translation>
    </message>
    <message>
        <source>Drag chooses by a rectangle</source>
        <translation>拖动时用矩形选择</translation>
    </message>
    <message>
        <source>Drag chooses by a lasso</source>
        <translation>拖动时用套索选择</translation>
    </message>
    <message>
        <source>Odd ones</source>
        <translation>异常图片</translation>
    </message>
    <message>
        <source>Look-alikes</source>
        <translation>相似图片</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>The next picture of the map in that direction; with Shift it is chosen, too</source>
        <translation>地图上该方向的下一张图片；同时按 Shift 则一并选中</translation>
    </message>
    <message>
        <source>Space, Enter</source>
        <translation>空格，回车</translation>
    </message>
    <message>
        <source>Look closer, and back</source>
        <translation>细看，再返回</translation>
    </message>
    <message>
        <source>Zoom the map</source>
        <translation>缩放地图</translation>
    </message>
    <message>
        <source>Give the chosen pictures the first, the second … tag</source>
        <translation>给选中的图片加上第一个、第二个……标签</translation>
    </message>
    <message>
        <source>Shift and drag</source>
        <translation>按住 Shift 拖动</translation>
    </message>
    <message>
        <source>Choose by a lasso, with any tool</source>
        <translation>用套索选择，任何工具下都可以</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Choose nothing</source>
        <translation>取消选择</translation>
    </message>
</context>
<context>
    <name>ExploreDialogs</name>
    <message>
        <source>Explore a folder of pictures</source>
        <translation>探索一个图片文件夹</translation>
    </message>
    <message>
        <source>Move “%1” to the bin?</source>
        <translation>把“%1”移到回收站吗？</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln picture(s) to the bin?</source>
        <translation>
            <numerusform>把 %Ln 张图片移到回收站吗？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) stay, the best of each group.</source>
        <translation>
            <numerusform>每组最好的会留下，共 %Ln 张。</numerusform>
        </translation>
    </message>
    <message>
        <source>They can be brought back from there.</source>
        <translation>可以从回收站找回。</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>移到回收站</translation>
    </message>
</context>
<context>
    <name>ExplorePanel</name>
    <message>
        <source>Show which, and why</source>
        <translation>显示是哪些文件以及原因</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>无法读取的文件</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>To the bin…</source>
        <translation>移到回收站…</translation>
    </message>
    <message>
        <source>Copy to…</source>
        <translation>复制到…</translation>
    </message>
</context>
<context>
    <name>ExploreShow</name>
    <message>
        <source>Finding the model that knows these pictures</source>
        <translation>正在寻找认识这些图片的模型</translation>
    </message>
    <message>
        <source>Searching the folder</source>
        <translation>正在搜索文件夹</translation>
    </message>
    <message>
        <source>Looking at the pictures</source>
        <translation>正在查看图片</translation>
    </message>
    <message>
        <source>Arranging the map</source>
        <translation>正在排列地图</translation>
    </message>
    <message>
        <source>Cancelled. What was seen is kept.</source>
        <translation>已取消。看过的内容已保留。</translation>
    </message>
</context>
<context>
    <name>ExploreTab</name>
    <message>
        <source>The model “%1” is not installed any more. The map stays as it is.</source>
        <translation>模型“%1”已不在这台电脑上，地图保持不变。</translation>
    </message>
    <message>
        <source>Only folders of this computer can be explored.</source>
        <translation>只能探索这台电脑上的文件夹。</translation>
    </message>
    <message>
        <source>There is no folder in what was dropped or pasted.</source>
        <translation>拖放或粘贴的内容里没有文件夹。</translation>
    </message>
    <message>
        <source>Copy the tagged pictures to sub-folders of</source>
        <translation>把带标签的图片复制到以下位置的子文件夹</translation>
    </message>
    <message>
        <source>Save the tags as a table</source>
        <translation>把标签保存为表格</translation>
    </message>
    <message>
        <source>The slider “%1” is in Sliders now.</source>
        <translation>滑块“%1”已经放进“滑块”页。</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Page with pictures</source>
        <translation>带图片的网页</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>This did not work (%1).</source>
        <translation>没有成功（%1）。</translation>
    </message>
    <message>
        <source>The others are on the map. These stay where they are.</source>
        <translation>其余的在地图上。这些留在原处。</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
</context>
<context>
    <name>ExploreView</name>
    <message>
        <source>Drop a folder of pictures here</source>
        <translation>把图片文件夹拖到这里</translation>
    </message>
    <message>
        <source>A map shows which pictures are alike, which are odd, and which there are twice.</source>
        <translation>地图会显示哪些图片相似，哪些异常，哪些重复。</translation>
    </message>
    <message>
        <source>Explore a folder…</source>
        <translation>探索文件夹…</translation>
    </message>
    <message>
        <source>Ctrl+O opens · Ctrl+V pastes · nothing is changed, nothing leaves this computer</source>
        <translation>Ctrl+O 打开 · Ctrl+V 粘贴 · 不会改动任何文件，也不会离开这台电脑</translation>
    </message>
    <message>
        <source>Picture, large</source>
        <translation>大图</translation>
    </message>
    <message>
        <source>Dragging</source>
        <translation>拖动方式</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>相邻关系</translation>
    </message>
    <message>
        <source>Main lines</source>
        <translation>主要方向</translation>
    </message>
    <message>
        <source>What is alike lies together: best for finding groups.</source>
        <translation>相似的图片聚在一起：最适合找出分组。</translation>
    </message>
    <message>
        <source>Along the two main differences of the pictures: distances can be trusted.</source>
        <translation>沿图片的两大差异方向排列：距离可以当真。</translation>
    </message>
    <message>
        <source>Colours of the map</source>
        <translation>地图的颜色</translation>
    </message>
    <message>
        <source>Colours: oddness</source>
        <translation>颜色：异常程度</translation>
    </message>
    <message>
        <source>Colours: kinds</source>
        <translation>颜色：种类</translation>
    </message>
    <message>
        <source>Colours: tags</source>
        <translation>颜色：标签</translation>
    </message>
</context>
<context>
    <name>ExploreWords</name>
    <message>
        <source>as usual</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>a little odd</source>
        <translation>有点异常</translation>
    </message>
    <message>
        <source>odd</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>very odd</source>
        <translation>非常异常</translation>
    </message>
    <message>
        <source>tag: %1</source>
        <translation>标签：%1</translation>
    </message>
    <message>
        <source>Click a picture, or drag around some with Shift held.</source>
        <translation>点击一张图片，或按住 Shift 圈选几张。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are chosen.</source>
        <translation>
            <numerusform>已选中 %Ln 张图片。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exact copy(ies)</source>
        <translation>
            <numerusform>%n 份完全相同</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n look alike</source>
        <translation>
            <numerusform>%n 张相似</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln picture(s)</source>
        <translation>
            <numerusform>%1 / %Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln 个文件无法读取</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“%1” and %n other(s) are not there any more.</source>
        <translation>
            <numerusform>“%1”和另外 %n 个文件已经不在了。</numerusform>
        </translation>
    </message>
    <message>
        <source>What the model sees between the pictures around. Ctrl+L sends it to Sliders.</source>
        <translation>模型认为周围图片之间的样子。按 Ctrl+L 发送到“滑块”。</translation>
    </message>
    <message>
        <source>quite sure</source>
        <translation>相当确定</translation>
    </message>
    <message>
        <source>perhaps</source>
        <translation>也许</translation>
    </message>
    <message>
        <source>“%1” is not there any more.</source>
        <translation>“%1”已经不在了。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>图版</translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation>文件类型</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Plays everywhere. Only 256 colours a frame, and large files.</source>
        <translation>到处都能播放。每帧只有 256 种颜色，文件较大。</translation>
    </message>
    <message>
        <source>All colours in small files. Plays in browsers and on phones.</source>
        <translation>色彩完整，文件小。可在浏览器和手机上播放。</translation>
    </message>
    <message>
        <source>A video for players, phones and presentations.</source>
        <translation>适合播放器、手机和演示文稿的视频。</translation>
    </message>
    <message>
        <source>A folder of PNGs with numbers for names, without any loss.</source>
        <translation>一个装着 PNG 的文件夹，以编号命名，毫无损失。</translation>
    </message>
    <message>
        <source>All frames side by side on one PNG.</source>
        <translation>所有帧并排放在一张 PNG 上。</translation>
    </message>
    <message>
        <source>MP4 needs PyAV, which is not installed (pip install av). GIF and WebP need nothing.</source>
        <translation>MP4 需要 PyAV，但没有安装（pip install av）。GIF 和 WebP 不需要别的东西。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>FavouritesFile</name>
    <message>
        <source>The list of favourites could not be read. It is kept as “%1”.</source>
        <translation>收藏列表无法读取，已另存为“%1”。</translation>
    </message>
    <message>
        <source>The favourites cannot be used: %1.</source>
        <translation>收藏无法使用：%1。</translation>
    </message>
    <message>
        <source>The favourites could not be written: %1.</source>
        <translation>收藏无法写入：%1。</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Open photos</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>打开照片文件夹</translation>
    </message>
    <message>
        <source>Save the result</source>
        <translation>保存结果</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>“%1” is the original photo.</source>
        <translation>“%1”是原照片。</translation>
    </message>
    <message>
        <source>If you replace it, the photo as it was is gone.</source>
        <translation>如果替换，原来的照片就没有了。</translation>
    </message>
    <message>
        <source>Replace the original</source>
        <translation>替换原照片</translation>
    </message>
    <message>
        <source>Save all results to a folder</source>
        <translation>把所有结果保存到文件夹</translation>
    </message>
</context>
<context>
    <name>Films</name>
    <message>
        <source>A film is still being written.</source>
        <translation>影片还在写入。</translation>
    </message>
    <message>
        <source>Nothing of it stays if the window closes now.</source>
        <translation>现在关闭窗口，影片就不会留下。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FinetuneActions</name>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Paste a folder</source>
        <translation>粘贴文件夹</translation>
    </message>
    <message>
        <source>Leave out, or take back</source>
        <translation>排除或恢复</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Look at the folder again</source>
        <translation>重新查看文件夹</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Start learning</source>
        <translation>开始学习</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on learning</source>
        <translation>继续学习</translation>
    </message>
    <message>
        <source>Try it now</source>
        <translation>马上试用</translation>
    </message>
    <message>
        <source>Stop and take the best</source>
        <translation>停止并取最好的</translation>
    </message>
    <message>
        <source>Keep the model</source>
        <translation>保留模型</translation>
    </message>
    <message>
        <source>Learn some more</source>
        <translation>再学一会儿</translation>
    </message>
    <message>
        <source>Throw away…</source>
        <translation>丢弃…</translation>
    </message>
    <message>
        <source>Teach another folder</source>
        <translation>教另一个文件夹</translation>
    </message>
    <message>
        <source>Open in Generate</source>
        <translation>在“生成”中打开</translation>
    </message>
    <message>
        <source>Open in Sliders</source>
        <translation>在“滑块”中打开</translation>
    </message>
    <message>
        <source>Open in Restore</source>
        <translation>在“修复”中打开</translation>
    </message>
    <message>
        <source>Next held-out picture</source>
        <translation>下一张检验图</translation>
    </message>
    <message>
        <source>Previous held-out picture</source>
        <translation>上一张检验图</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Leave a picture out, or take it back</source>
        <translation>排除一张图片，或把它恢复</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>左，右</translation>
    </message>
    <message>
        <source>Read the curve point by point; another held-out picture</source>
        <translation>逐点读出曲线；换一张检验图</translation>
    </message>
</context>
<context>
    <name>FinetuneAsks</name>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>选择一个图片文件夹</translation>
    </message>
    <message>
        <source>Throw away what “%1” has learnt?</source>
        <translation>丢弃“%1”学到的内容吗？</translation>
    </message>
    <message>
        <source>It cannot be brought back. Your pictures and the base model stay as they are.</source>
        <translation>丢弃后无法找回。你的图片和基础模型保持不变。</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>“%1” is still learning.</source>
        <translation>“%1”还在学习。</translation>
    </message>
    <message>
        <source>It stops now and keeps what it has learnt: go on later in this tab, on its first page.</source>
        <translation>它现在会停下并保留学到的内容：以后可以在此页的第一步继续。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
</context>
<context>
    <name>FinetuneTab</name>
    <message>
        <source>One lesson at a time: stop this one first, or wait for it.</source>
        <translation>一次只能学习一项：请先停止当前的，或等它结束。</translation>
    </message>
    <message>
        <source>The look at this folder ended without a word.</source>
        <translation>查看文件夹的过程中断了，没有说明原因。</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>“%1” is no folder: a lesson needs many pictures.</source>
        <translation>“%1”不是文件夹：学习需要很多图片。</translation>
    </message>
    <message>
        <source>Take the folder it lies in</source>
        <translation>使用它所在的文件夹</translation>
    </message>
    <message>
        <source>Only a folder of this computer can be learnt from.</source>
        <translation>只能从这台电脑上的文件夹学习。</translation>
    </message>
    <message>
        <source>The trial ended without a word.</source>
        <translation>试跑中断了，没有说明原因。</translation>
    </message>
    <message>
        <source>Change an answer</source>
        <translation>更改答案</translation>
    </message>
    <message>
        <source>“{name}” could not go on learning.</source>
        <translation>“{name}”无法继续学习。</translation>
    </message>
    <message>
        <source>“{name}” has ended its lesson.</source>
        <translation>“{name}”的学习已结束。</translation>
    </message>
    <message>
        <source>What it has learnt is saved.</source>
        <translation>学到的内容已保存。</translation>
    </message>
    <message>
        <source>The model “{name}” is not installed any more.</source>
        <translation>模型“{name}”已不在这台电脑上。</translation>
    </message>
</context>
<context>
    <name>FinetuneView</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>FinetuneWords</name>
    <message>
        <source>Draw pictures like mine</source>
        <translation>画出像我这样的图片</translation>
    </message>
    <message>
        <source>Restore photos like mine</source>
        <translation>修复像我这样的照片</translation>
    </message>
    <message>
        <source>Clean this noisy series</source>
        <translation>清理这一批噪点照片</translation>
    </message>
    <message>
        <source>It learns what your pictures have in common and draws new ones of their kind.</source>
        <translation>它学习你的图片有什么共同点，并画出同类的新图片。</translation>
    </message>
    <message>
        <source>Your photos are clean. It spoils copies of them and learns to mend what is on such photos.</source>
        <translation>你的照片是干净的。它会弄坏这些照片的副本，从中学会修补照片上的内容。</translation>
    </message>
    <message>
        <source>All your pictures are noisy. It learns their noise; no clean ones are needed.</source>
        <translation>你的图片都有噪点。它学习这种噪点，不需要干净的图片。</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are left; at least %2 are needed.</source>
        <translation>
            <numerusform>还剩 %n 张图片，至少需要 %2 张。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are left and may do; %2 or more usually work well.</source>
        <translation>
            <numerusform>还剩 %n 张图片，可能够用；%2 张以上通常效果较好。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are left: they are enough.</source>
        <translation>
            <numerusform>还剩 %n 张图片，足够了。</numerusform>
        </translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>所有图片</translation>
    </message>
    <message>
        <source>What it learns from</source>
        <translation>用来学习的</translation>
    </message>
    <message>
        <source>Nothing the matter</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>Unlike the others</source>
        <translation>与其他不同</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>太小</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Nothing on them</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Left out by you</source>
        <translation>你排除的</translation>
    </message>
    <message>
        <source>You left it out.</source>
        <translation>已被你排除。</translation>
    </message>
    <message>
        <source>Looking at the pictures…</source>
        <translation>正在查看图片…</translation>
    </message>
    <message>
        <source>Looked at %1 of %2</source>
        <translation>已查看 %1 / %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>It learns from %1 of %2 pictures.</source>
        <translation>它从 %2 张图片中的 %1 张学习。</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It learns from %n picture(s); %2 others judge it and are never learnt from.</source>
        <translation>
            <numerusform>它从 %n 张图片学习；另外 %2 张用来检验，从不参与学习。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
    <message>
        <source>Labels: %1</source>
        <translation>标签：%1</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>A first impression, to see whether it is worth while.</source>
        <translation>先有个印象，看看值不值得。</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>What such a folder usually needs.</source>
        <translation>这样的文件夹通常需要的时间。</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>彻底</translation>
    </message>
    <message>
        <source>For the last bit. It ends sooner where nothing is gained.</source>
        <translation>学到最后一点。如果不再有进步就提前结束。</translation>
    </message>
    <message>
        <source>About %1</source>
        <translation>大约 %1</translation>
    </message>
    <message>
        <source>between %1 and %2</source>
        <translation>%1 到 %2 之间</translation>
    </message>
    <message>
        <source>half a minute</source>
        <translation>半分钟</translation>
    </message>
    <message>
        <source>some seconds</source>
        <translation>几秒钟</translation>
    </message>
    <message>
        <source>%1 hours</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>Pausing after this step…</source>
        <translation>这一步之后暂停…</translation>
    </message>
    <message>
        <source>Stopping after this step…</source>
        <translation>这一步之后停止…</translation>
    </message>
    <message>
        <source>Getting the best so far ready to be tried…</source>
        <translation>正在准备试用目前最好的结果…</translation>
    </message>
    <message>
        <source>Putting it beside the other models…</source>
        <translation>正在放到其他模型旁边…</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Paused · %1 %</source>
        <translation>已暂停 · %1 %</translation>
    </message>
    <message>
        <source>Stopped. What it has learnt is saved.</source>
        <translation>已停止。学到的内容已保存。</translation>
    </message>
    <message>
        <source>It has stopped.</source>
        <translation>已经停止。</translation>
    </message>
    <message>
        <source>%1 left (%2 to %3)</source>
        <translation>剩余 %1（%2 到 %3）</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>It was ended from outside, or the computer ran out of memory.</source>
        <translation>它被外部结束了，或者电脑内存不足。</translation>
    </message>
    <message>
        <source>It goes on whenever you want.</source>
        <translation>随时可以继续。</translation>
    </message>
    <message>
        <source>It ended without a word.</source>
        <translation>它中断了，没有说明原因。</translation>
    </message>
    <message>
        <source>What it had learnt is saved: it can go on.</source>
        <translation>学到的内容已保存，可以继续。</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>It has finished and waits for your word</source>
        <translation>已经学完，等你决定</translation>
    </message>
    <message>
        <source>%1 % are learnt</source>
        <translation>已学 %1 %</translation>
    </message>
    <message>
        <source>its folder is gone: %1</source>
        <translation>它的文件夹不见了：%1</translation>
    </message>
    <message>
        <source>as before</source>
        <translation>和以前一样</translation>
    </message>
    <message>
        <source>better by %1</source>
        <translation>提高 %1</translation>
    </message>
    <message>
        <source>worse by %1</source>
        <translation>降低 %1</translation>
    </message>
</context>
<context>
    <name>FolderPage</name>
    <message>
        <source>Which pictures shall it learn?</source>
        <translation>要学习哪些图片？</translation>
    </message>
    <message>
        <source>Drop a folder of pictures here</source>
        <translation>把图片文件夹拖到这里</translation>
    </message>
    <message>
        <source>Fruit, faces, scans of one album: whatever belongs together. Sub-folders become labels.</source>
        <translation>水果、人脸、同一本相册的扫描件：凡是同类的都可以。子文件夹会成为标签。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Ctrl+O chooses · Ctrl+V pastes · 20 pictures are few, 200 are plenty</source>
        <translation>Ctrl+O 选择 · Ctrl+V 粘贴 · 20 张偏少，200 张就很充足</translation>
    </message>
    <message>
        <source>Pictures of the folder</source>
        <translation>文件夹里的图片</translation>
    </message>
    <message>
        <source>Which pictures are shown</source>
        <translation>显示哪些图片</translation>
    </message>
    <message>
        <source>Looking at the pictures</source>
        <translation>正在查看图片</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>换一个文件夹…</translation>
    </message>
    <message>
        <source>They stay where they are and never leave this computer.</source>
        <translation>图片留在原处，绝不离开这台电脑。</translation>
    </message>
    <message>
        <source>A click or Space leaves a picture out, or takes it back.</source>
        <translation>点击或按空格键可以排除一张图片，或把它恢复。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再看一遍</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
</context>
<context>
    <name>FrameCanvas</name>
    <message>
        <source>Arrow keys move, plus and minus zoom, 0 fits, 1 shows real pixels.</source>
        <translation>方向键移动，加号和减号缩放，0 适合窗口，1 显示实际像素。</translation>
    </message>
</context>
<context>
    <name>GenerateActions</name>
    <message>
        <source>Open drawn pictures…</source>
        <translation>打开画好的图片…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save all…</source>
        <translation>全部保存…</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>换一个种子</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>多来些类似的</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Remove from the favourites</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Send to Sliders</source>
        <translation>发送到“滑块”</translation>
    </message>
    <message>
        <source>Send to Interpolate</source>
        <translation>发送到“过渡”</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Earlier pictures</source>
        <translation>较早的图片</translation>
    </message>
    <message>
        <source>Later pictures</source>
        <translation>较晚的图片</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>细看</translation>
    </message>
    <message>
        <source>Look closer (Space)</source>
        <translation>细看（空格）</translation>
    </message>
    <message>
        <source>Drawn pictures</source>
        <translation>画好的图片</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
</context>
<context>
    <name>GenerateDialogs</name>
    <message>
        <source>Pictures that were drawn here</source>
        <translation>在这里画的图片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Open drawn pictures</source>
        <translation>打开画好的图片</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Save the pictures to a folder</source>
        <translation>把图片保存到文件夹</translation>
    </message>
</context>
<context>
    <name>GeneratePanel</name>
    <message>
        <source>How many</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>多样性</translation>
    </message>
    <message>
        <source>How unlike each other the pictures are. At 0 all are the most expected one; above 1 odd ones.</source>
        <translation>图片之间相差多少。0 时全是最典型的一张；大于 1 会出现怪异的图片。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The number a set of pictures grows from: the same number, the same pictures.</source>
        <translation>一组图片由这个数字生成：数字相同，图片就相同。</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>换一个种子</translation>
    </message>
    <message>
        <source>Draw with this seed; once more takes another. (Ctrl+Enter)</source>
        <translation>用这个种子绘制；再按一次换新的种子。（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>How far “More like this” goes: near 0 they hardly differ, at 1 they are other pictures.</source>
        <translation>“多来些类似的”走多远：接近 0 几乎没有差别，到 1 就是别的图片了。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>GenerateTab</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>多来些类似的</translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation>更改设置</translation>
    </message>
    <message>
        <source>Add to the favourites</source>
        <translation>加入收藏</translation>
    </message>
    <message>
        <source>Remove from the favourites</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open in Sliders</source>
        <translation>在“滑块”中打开</translation>
    </message>
    <message>
        <source>There is no picture in “%1”.</source>
        <translation>“%1”里没有图片。</translation>
    </message>
    <message>
        <source>Only pictures of this computer can be taken: save this one first.</source>
        <translation>只能接收这台电脑上的图片：请先保存这一张。</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped or pasted.</source>
        <translation>拖放或粘贴的内容里没有图片。</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>No model that can draw pictures is installed.</source>
        <translation>没有安装能绘制图片的模型。</translation>
    </message>
    <message>
        <source>No favourites yet: press F on a picture and it is kept here.</source>
        <translation>还没有收藏：在图片上按 F 就会收在这里。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>正在绘制</translation>
    </message>
    <message>
        <source>This did not work (%1).</source>
        <translation>没有成功（%1）。</translation>
    </message>
</context>
<context>
    <name>GenerateView</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture, large</source>
        <translation>大图</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>画好的</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
</context>
<context>
    <name>GenerateWords</name>
    <message>
        <source>From a photo</source>
        <translation>来自照片</translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>variety %1</source>
        <translation>多样性 %1</translation>
    </message>
    <message>
        <source>distance %1</source>
        <translation>距离 %1</translation>
    </message>
    <message>
        <source>%1, favourite</source>
        <translation>%1，已收藏</translation>
    </message>
    <message>
        <source>Choose a picture to go on with it.</source>
        <translation>选一张图片继续。</translation>
    </message>
    <message>
        <source>%1: it has no neighbours to draw.</source>
        <translation>%1：没有可画的相近图片。</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are chosen.</source>
        <translation>
            <numerusform>已选中 %n 张图片。</numerusform>
        </translation>
    </message>
    <message>
        <source>The model “%1” is not installed.</source>
        <translation>没有安装模型“%1”。</translation>
    </message>
    <message>
        <source>This picture could not be drawn.</source>
        <translation>这张图片画不出来。</translation>
    </message>
    <message>
        <source>“%1” was drawn by the model “%2”, which is not installed.</source>
        <translation>“%1”由模型“%2”绘制，但该模型没有安装。</translation>
    </message>
    <message>
        <source>“%1” does not say how it was drawn. The Sliders tab takes any picture.</source>
        <translation>“%1”没有记录它是怎么画的。“滑块”页可以接收任何图片。</translation>
    </message>
</context>
<context>
    <name>GoalPage</name>
    <message>
        <source>What shall it learn from them?</source>
        <translation>要从中学到什么？</translation>
    </message>
    <message>
        <source>The likely one is chosen already.</source>
        <translation>已经替你选好最可能的一项。</translation>
    </message>
    <message>
        <source>The model to start from</source>
        <translation>用作起点的模型</translation>
    </message>
    <message>
        <source>It starts from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>%1 (recommended)</source>
        <translation>%1（推荐）</translation>
    </message>
    <message>
        <source>No model that can learn this is installed.</source>
        <translation>没有安装能学习这个的模型。</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>The report is on the clipboard: paste it where you ask for help.</source>
        <translation>报告已复制到剪贴板：粘贴到你求助的地方即可。</translation>
    </message>
    <message>
        <source>Restores old photos with a Variational Autoencoder, on this computer only.</source>
        <translation>用变分自编码器修复老照片，一切只在这台电脑上进行。</translation>
    </message>
    <message>
        <source>About Latent Darkroom</source>
        <translation>关于 Latent Darkroom</translation>
    </message>
</context>
<context>
    <name>Historian</name>
    <message>
        <source>The history could not be read. It is kept as “{file}”, and a new one begins.</source>
        <translation>历史记录无法读取，已另存为“{file}”，现在开始新的记录。</translation>
    </message>
    <message>
        <source>The history cannot be written: {cause}.</source>
        <translation>历史记录无法写入：{cause}。</translation>
    </message>
</context>
<context>
    <name>HistoryActions</name>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation>重新制作</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在所在文件夹中显示</translation>
    </message>
    <message>
        <source>Send to Restore</source>
        <translation>发送到“修复”</translation>
    </message>
    <message>
        <source>Send to Sliders</source>
        <translation>发送到“滑块”</translation>
    </message>
    <message>
        <source>Send to Interpolate</source>
        <translation>发送到“过渡”</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Remove from the history</source>
        <translation>从历史记录中移除</translation>
    </message>
    <message>
        <source>Move the file to the bin…</source>
        <translation>把文件移到回收站…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Add to the favourites</source>
        <translation>加入收藏</translation>
    </message>
    <message>
        <source>Remove from the favourites</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Remove from the history</source>
        <translation>从历史记录中移除</translation>
    </message>
    <message>
        <source>Move “{file}” to the bin?</source>
        <translation>把“{file}”移到回收站吗？</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln file(s) to the bin?</source>
        <translation>
            <numerusform>把 %Ln 个文件移到回收站吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>They can be brought back from there.</source>
        <translation>可以从回收站找回。</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>“{file}” stays: the system has no bin for it, or does not let it go there.</source>
        <translation>“{file}”留在原处：系统没有可用的回收站，或不允许移入。</translation>
    </message>
    <message>
        <source>“{file}” could not be brought back from the bin.</source>
        <translation>“{file}”无法从回收站找回。</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Search names, models, folders</source>
        <translation>搜索名称、模型、文件夹</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>搜索历史记录</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>画好的</translation>
    </message>
    <message>
        <source>Sliders</source>
        <translation>滑块</translation>
    </message>
    <message>
        <source>Journeys</source>
        <translation>过渡</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What to list</source>
        <translation>列出什么</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Only favourites</source>
        <translation>只看收藏</translation>
    </message>
    <message>
        <source>Results, the newest first</source>
        <translation>结果，最新的在前</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Nothing in the history is like that.</source>
        <translation>历史记录里没有这样的内容。</translation>
    </message>
    <message>
        <source>Whatever you restore, draw or teach is found again here.</source>
        <translation>你修复、绘制或教会的一切，都能在这里找到。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln result(s)</source>
        <translation>
            <numerusform>%Ln 个结果</numerusform>
        </translation>
    </message>
    <message>
        <source>The newest {most} of them are shown.</source>
        <translation>显示其中最新的 {most} 个。</translation>
    </message>
    <message>
        <source>Restored photo</source>
        <translation>修复的照片</translation>
    </message>
    <message>
        <source>Drawn by chance</source>
        <translation>随机绘制</translation>
    </message>
    <message>
        <source>Picture by sliders</source>
        <translation>用滑块做的图片</translation>
    </message>
    <message>
        <source>Journey between pictures</source>
        <translation>图片之间的过渡</translation>
    </message>
    <message>
        <source>Model that learnt</source>
        <translation>学习过的模型</translation>
    </message>
    <message numerus="yes">
        <source>%Ln result(s) chosen</source>
        <translation>
            <numerusform>已选中 %Ln 个结果</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a result to see what made it.</source>
        <translation>选择一个结果，看看它是怎么来的。</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
    <message>
        <source>Made of: {file}</source>
        <translation>来源：{file}</translation>
    </message>
    <message>
        <source>Not saved as a file.</source>
        <translation>没有保存为文件。</translation>
    </message>
    <message>
        <source>File: {file}</source>
        <translation>文件：{file}</translation>
    </message>
    <message>
        <source>“{file}” is not there any more.</source>
        <translation>“{file}”已经不在了。</translation>
    </message>
</context>
<context>
    <name>Imports</name>
    <message>
        <source>“%1”: the import broke off unexpectedly.</source>
        <translation>“%1”：导入意外中断。</translation>
    </message>
</context>
<context>
    <name>InterpolateActions</name>
    <message>
        <source>Add pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save this picture…</source>
        <translation>保存这张图片…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Remove all pictures</source>
        <translation>移除所有图片</translation>
    </message>
    <message>
        <source>Copy this picture</source>
        <translation>复制这张图片</translation>
    </message>
    <message>
        <source>Send this picture to Restore</source>
        <translation>把这张图片发送到“修复”</translation>
    </message>
    <message>
        <source>Send this picture to Sliders</source>
        <translation>把这张图片发送到“滑块”</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>Fit the window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Real pixels</source>
        <translation>实际像素</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
</context>
<context>
    <name>InterpolateDialogs</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save the pictures in a new folder in</source>
        <translation>把图片保存到以下位置的新文件夹</translation>
    </message>
    <message>
        <source>Save this picture</source>
        <translation>保存这张图片</translation>
    </message>
</context>
<context>
    <name>InterpolatePanel</name>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Turns from one picture to the next and stays as far out as pictures lie: the usual choice.</source>
        <translation>从一张图片转向下一张，始终保持在图片所在的远近：通常选它。</translation>
    </message>
    <message>
        <source>The shortest way: its middle is paler.</source>
        <translation>最短的路：中间会偏淡。</translation>
    </message>
    <message>
        <source>Passes pictures that the model finds likely; takes longest.</source>
        <translation>经过模型认为可能的图片；用时最长。</translation>
    </message>
    <message>
        <source>Along the sphere</source>
        <translation>沿球面</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Through likely pictures</source>
        <translation>经过可能的图片</translation>
    </message>
    <message>
        <source>At the end</source>
        <translation>到终点后</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>原路返回</translation>
    </message>
    <message>
        <source>Around</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Once, from the first picture to the last.</source>
        <translation>一次，从第一张到最后一张。</translation>
    </message>
    <message>
        <source>Back and forth: home again the same way.</source>
        <translation>来回：沿同一条路返回。</translation>
    </message>
    <message>
        <source>On from the last picture to the first.</source>
        <translation>从最后一张接着走到第一张。</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>Linger at pictures</source>
        <translation>在图片处停留</translation>
    </message>
    <message>
        <source>Even</source>
        <translation>匀速</translation>
    </message>
    <message>
        <source>Time for all</source>
        <translation>总时长</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>How many seconds one round takes.</source>
        <translation>走完一轮需要的秒数。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Pictures melt into each other, at up to 512 pixels.</source>
        <translation>图片彼此融合，最大 512 像素。</translation>
    </message>
</context>
<context>
    <name>InterpolateTab</name>
    <message>
        <source>Remove all pictures</source>
        <translation>移除所有图片</translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation>更改设置</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Another model</source>
        <translation>换一个模型</translation>
    </message>
    <message numerus="yes">
        <source>There is room for %n picture(s); the last were left out.</source>
        <translation>
            <numerusform>最多放 %n 张图片；多出的没有放入。</numerusform>
        </translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Remove a picture</source>
        <translation>移除图片</translation>
    </message>
    <message>
        <source>Move a picture</source>
        <translation>移动图片</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Preparing the pictures…</source>
        <translation>正在准备图片…</translation>
    </message>
    <message>
        <source>%1 is written.</source>
        <translation>%1 已写好。</translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation>重新制作</translation>
    </message>
</context>
<context>
    <name>InterpolateView</name>
    <message>
        <source>Place on the way</source>
        <translation>途中的位置</translation>
    </message>
    <message>
        <source>Drag this picture out</source>
        <translation>把这张图片拖出去</translation>
    </message>
    <message>
        <source>Drag from here to a folder or another app: the picture goes there as a file.</source>
        <translation>从这里拖到文件夹或其他程序：图片会作为文件过去。</translation>
    </message>
    <message>
        <source>From one picture to another</source>
        <translation>从一张图片到另一张</translation>
    </message>
    <message>
        <source>Drop two photos, or two pictures that a model drew, and watch the way between them.</source>
        <translation>拖入两张照片，或两张模型画的图片，看看它们之间的过渡。</translation>
    </message>
    <message>
        <source>Ctrl+O opens · Ctrl+V pastes · more pictures can be added later</source>
        <translation>Ctrl+O 打开 · Ctrl+V 粘贴 · 以后还可以添加更多图片</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>%1 → %2 · %3 %</source>
        <translation>%1 → %2 · %3 %</translation>
    </message>
</context>
<context>
    <name>KeyPictures</name>
    <message>
        <source>“%1” was drawn by the model “%2”, which is not installed: it is taken as a photo.</source>
        <translation>“%1”由模型“%2”绘制，但该模型没有安装：按照片处理。</translation>
    </message>
    <message>
        <source>There is no picture in “%1”.</source>
        <translation>“%1”里没有图片。</translation>
    </message>
    <message>
        <source>Only pictures of this computer can be taken: save this one first.</source>
        <translation>只能接收这台电脑上的图片：请先保存这一张。</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped or pasted.</source>
        <translation>拖放或粘贴的内容里没有图片。</translation>
    </message>
    <message>
        <source>The model “%1” is not installed.</source>
        <translation>没有安装模型“%1”。</translation>
    </message>
</context>
<context>
    <name>KeyPlace</name>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>Drop the first picture here, or press to choose one</source>
        <translation>把第一张图片拖到这里，或按一下来选择</translation>
    </message>
    <message>
        <source>… and the second one here</source>
        <translation>……第二张放这里</translation>
    </message>
    <message>
        <source>Move picture %1 to the left</source>
        <translation>把图片 %1 左移</translation>
    </message>
    <message>
        <source>Move picture %1 to the right</source>
        <translation>把图片 %1 右移</translation>
    </message>
    <message>
        <source>Remove picture %1</source>
        <translation>移除图片 %1</translation>
    </message>
    <message>
        <source>Empty: press to choose a picture</source>
        <translation>空位：按一下选择图片</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>Pictures to pass</source>
        <translation>要经过的图片</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>替换…</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Move to the left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move to the right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>LabelledSlider</name>
    <message>
        <source>%1: back to Auto</source>
        <translation>%1：恢复自动</translation>
    </message>
    <message>
        <source>Back to Auto</source>
        <translation>恢复自动</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Auto · %1</source>
        <translation>自动 · %1</translation>
    </message>
    <message>
        <source>{value} of {most}</source>
        <translation>{value}，最大 {most}</translation>
    </message>
    <message>
        <source>Auto, {value}</source>
        <translation>自动，{value}</translation>
    </message>
</context>
<context>
    <name>Lamp</name>
    <message>
        <source>Good</source>
        <translation>好</translation>
    </message>
    <message>
        <source>It may do</source>
        <translation>勉强可以</translation>
    </message>
    <message>
        <source>Not enough</source>
        <translation>不够</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>LearnDialog</name>
    <message>
        <source>Make a slider from pictures</source>
        <translation>用图片制作滑块</translation>
    </message>
    <message>
        <source>Name of the slider</source>
        <translation>滑块名称</translation>
    </message>
    <message>
        <source>What tells them apart, such as: smiling</source>
        <translation>区别是什么，例如：微笑</translation>
    </message>
    <message>
        <source>Those: less of it</source>
        <translation>那些：程度较低</translation>
    </message>
    <message>
        <source>Drop pictures here that have none of it</source>
        <translation>把不具备它的图片拖到这里</translation>
    </message>
    <message>
        <source>These: more of it</source>
        <translation>这些：程度较高</translation>
    </message>
    <message>
        <source>Drop pictures here that have it</source>
        <translation>把具备它的图片拖到这里</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Make the slider</source>
        <translation>制作滑块</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Put pictures on both sides, three at least. The slider leads from those to these. (%1)</source>
        <translation>两边都放图片，至少三张。滑块从那些走向这些。（%1）</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Add the picture shown</source>
        <translation>添加当前显示的图片</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped or pasted.</source>
        <translation>拖放或粘贴的内容里没有图片。</translation>
    </message>
    <message>
        <source>There is no picture in “%1”.</source>
        <translation>“%1”里没有图片。</translation>
    </message>
    <message>
        <source>Three pictures are needed at least, and some on both sides.</source>
        <translation>至少需要三张图片，而且两边都要有。</translation>
    </message>
    <message>
        <source>“%1” is on both sides: take it away from one.</source>
        <translation>“%1”两边都有：请从一边拿走。</translation>
    </message>
    <message>
        <source>Give the slider a name.</source>
        <translation>给滑块起个名字。</translation>
    </message>
    <message>
        <source>There is a slider “%1” already: choose another name.</source>
        <translation>已经有滑块“%1”：请换个名字。</translation>
    </message>
    <message>
        <source>Looking at the pictures…</source>
        <translation>正在查看图片…</translation>
    </message>
</context>
<context>
    <name>LearnPage</name>
    <message>
        <source>It is learning</source>
        <translation>正在学习</translation>
    </message>
    <message>
        <source>What the curve shows</source>
        <translation>曲线显示什么</translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>Redrawing</source>
        <translation>重绘</translation>
    </message>
    <message>
        <source>Tidiness</source>
        <translation>整洁度</translation>
    </message>
    <message>
        <source>Curve of the lesson</source>
        <translation>学习曲线</translation>
    </message>
    <message>
        <source>Progress of the lesson</source>
        <translation>学习进度</translation>
    </message>
    <message>
        <source>You can use the other tabs meanwhile.</source>
        <translation>学习期间可以使用其他页面。</translation>
    </message>
    <message>
        <source>“%1” waits for its turn</source>
        <translation>“%1”正在排队</translation>
    </message>
    <message>
        <source>“%1” is being prepared</source>
        <translation>“%1”正在准备</translation>
    </message>
    <message>
        <source>“%1” is being judged</source>
        <translation>“%1”正在评估</translation>
    </message>
    <message>
        <source>“%1” takes a break</source>
        <translation>“%1”暂停中</translation>
    </message>
    <message>
        <source>“%1” is learning</source>
        <translation>“%1”正在学习</translation>
    </message>
    <message>
        <source>“%1” has stopped</source>
        <translation>“%1”已停止</translation>
    </message>
    <message>
        <source>What it knows so far can be tried: it is among the models of the other tabs.</source>
        <translation>目前学到的可以试用：它就在其他页面的模型里。</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>the best so far, which is kept</source>
        <translation>目前最好的，会被保留</translation>
    </message>
    <message>
        <source>How well it redraws: what is wrong with pictures that it has never seen, once it has drawn them again. Lower is better.</source>
        <translation>重绘得怎样：对从未见过的图片，重画后有多少差错。越低越好。</translation>
    </message>
    <message>
        <source>How tidy the latent is: how much it must note down about a picture to draw it again. Lower is tidier; near 0 it notes nothing, and sliders do nothing.</source>
        <translation>潜变量有多整洁：为了重画一张图片必须记下多少。越低越整洁；接近 0 就什么也没记，滑块也不起作用。</translation>
    </message>
    <message>
        <source>How like the originals its pictures are, on pictures it has never seen. Higher is better.</source>
        <translation>对从未见过的图片，画出来与原图有多像。越高越好。</translation>
    </message>
    <message>
        <source>On those it learns from: %1.</source>
        <translation>对参与学习的图片：%1。</translation>
    </message>
</context>
<context>
    <name>LessonPictures</name>
    <message>
        <source>Which pictures</source>
        <translation>哪些图片</translation>
    </message>
    <message>
        <source>Held-out</source>
        <translation>检验图</translation>
    </message>
    <message>
        <source>By chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>A held-out picture</source>
        <translation>一张检验图</translation>
    </message>
    <message>
        <source>Pictures drawn by chance</source>
        <translation>随机画的图片</translation>
    </message>
    <message>
        <source>The first pictures come soon.</source>
        <translation>很快就有第一批图片。</translation>
    </message>
    <message>
        <source>Drawn by chance, number %1</source>
        <translation>随机绘制，第 %1 张</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Made worse</source>
        <translation>弄坏后</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tabs</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>The settings could not be read. They are kept as “{file}”, and begin anew.</source>
        <translation>设置无法读取，已另存为“{file}”，现在重新开始。</translation>
    </message>
    <message>
        <source>Starting the engine again…</source>
        <translation>正在重新启动引擎…</translation>
    </message>
    <message>
        <source>The engine does not run</source>
        <translation>引擎没有运行</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>历史记录…</translation>
    </message>
    <message>
        <source>Keys and shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Open the folder of logs</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>Copy a report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>About Latent Darkroom</source>
        <translation>关于 Latent Darkroom</translation>
    </message>
    <message>
        <source>Tell me when long work has ended</source>
        <translation>耗时的工作结束时通知我</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>菜单（F10）</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message numerus="yes">
        <source>%n restored photo(s) are not saved.</source>
        <translation>
            <numerusform>有 %n 张修复好的照片没有保存。</numerusform>
        </translation>
    </message>
    <message>
        <source>They are lost when the window closes. The originals stay as they are.</source>
        <translation>关闭窗口后它们就没有了。原照片保持不变。</translation>
    </message>
    <message>
        <source>Save all…</source>
        <translation>全部保存…</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>MapScene</name>
    <message>
        <source>Map of the pictures</source>
        <translation>图片地图</translation>
    </message>
    <message>
        <source>Arrow keys go to the next picture, Space looks closer, plus and minus zoom, 0 shows all.</source>
        <translation>方向键移到下一张图片，空格键细看，加号和减号缩放，0 显示全部。</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>已选中</translation>
    </message>
    <message>
        <source>Drawing…</source>
        <translation>正在绘制…</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No model that can do this is installed.</source>
        <translation>没有安装能做这件事的模型。</translation>
    </message>
</context>
<context>
    <name>ModelDetail</name>
    <message>
        <source>No model is installed. Drop weights anywhere on this tab to import them.</source>
        <translation>没有安装模型。把权重文件拖到此页任意位置即可导入。</translation>
    </message>
    <message>
        <source>All about the chosen model</source>
        <translation>所选模型的全部信息</translation>
    </message>
</context>
<context>
    <name>ModelFacts</name>
    <message>
        <source>Measured</source>
        <translation>测量结果</translation>
    </message>
    <message>
        <source>What it can do</source>
        <translation>能做什么</translation>
    </message>
    <message>
        <source>About it</source>
        <translation>基本信息</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Not stated</source>
        <translation>未注明</translation>
    </message>
    <message>
        <source>Came from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Learnt from</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>How it was trained</source>
        <translation>训练过程</translation>
    </message>
    <message>
        <source>Latent</source>
        <translation>潜变量</translation>
    </message>
    <message>
        <source>Shift and scale of the latent</source>
        <translation>潜变量的平移与缩放</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
</context>
<context>
    <name>ModelsActions</name>
    <message>
        <source>Import a model…</source>
        <translation>导入模型…</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>导入文件夹…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Copy the model&apos;s folder</source>
        <translation>复制模型的文件夹</translation>
    </message>
    <message>
        <source>Export as one file…</source>
        <translation>导出为单个文件…</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Compare every byte of the model with what it was made with. (Ctrl+K)</source>
        <translation>把模型的每个字节与制作时的相比较。（Ctrl+K）</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Move to the bin…</source>
        <translation>移到回收站…</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>重新检测</translation>
    </message>
    <message>
        <source>Look for devices again, after a new driver for example. (F5)</source>
        <translation>重新查找设备，比如装了新驱动之后。（F5）</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
</context>
<context>
    <name>ModelsDialogs</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Import models</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Import a folder with a model</source>
        <translation>导入含有模型的文件夹</translation>
    </message>
    <message>
        <source>Models of this program</source>
        <translation>本程序的模型</translation>
    </message>
    <message>
        <source>Export the model as one file</source>
        <translation>把模型导出为单个文件</translation>
    </message>
    <message>
        <source>Rename the model</source>
        <translation>重命名模型</translation>
    </message>
    <message>
        <source>What shall it be called?</source>
        <translation>要叫什么名字？</translation>
    </message>
    <message>
        <source>Move the model “%1” to the bin?</source>
        <translation>把模型“%1”移到回收站吗？</translation>
    </message>
    <message>
        <source>Pictures it has drawn stay, but cannot be drawn again without it.</source>
        <translation>它画的图片会留下，但没有它就无法重新绘制。</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>A model is being imported.</source>
        <translation>正在导入模型。</translation>
    </message>
    <message>
        <source>Closing the window stops it. Nothing half-made is left, and the file stays as it is.</source>
        <translation>关闭窗口会停止导入。不会留下半成品，原文件保持不变。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ModelsShow</name>
    <message>
        <source>Checking “%1”</source>
        <translation>正在校验“%1”</translation>
    </message>
    <message>
        <source>Exporting “%1”</source>
        <translation>正在导出“%1”</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>你的</translation>
    </message>
    <message>
        <source>Four pictures that it drew at random</source>
        <translation>它随机画的四张图片</translation>
    </message>
    <message>
        <source>A picture, and the same after its way through the model and back</source>
        <translation>一张图片，以及它经过模型再回来的样子</translation>
    </message>
</context>
<context>
    <name>ModelsTab</name>
    <message>
        <source>“%1” is no model. Weights end in %2, or are a folder.</source>
        <translation>“%1”不是模型。权重文件以 %2 结尾，或者是一个文件夹。</translation>
    </message>
    <message>
        <source>Only files of this computer can be imported: save this one first.</source>
        <translation>只能导入这台电脑上的文件：请先保存这一个。</translation>
    </message>
    <message>
        <source>There is no model in what was dropped or pasted.</source>
        <translation>拖放或粘贴的内容里没有模型。</translation>
    </message>
    <message numerus="yes">
        <source>%n more were not imported.</source>
        <translation>
            <numerusform>另有 %n 个没有导入。</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled: %1 not imported.</source>
        <translation>已取消：%1 没有导入。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Imported: %1.</source>
        <translation>已导入：%1。</translation>
    </message>
    <message>
        <source>“%1” is imported.</source>
        <translation>“%1”已导入。</translation>
    </message>
    <message>
        <source>“%1” came with the program and keeps its name.</source>
        <translation>“%1”是程序自带的，不能改名。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>“%1” came with the program and stays.</source>
        <translation>“%1”是程序自带的，不能移除。</translation>
    </message>
    <message>
        <source>“%1” is in the bin</source>
        <translation>“%1”已在回收站</translation>
    </message>
    <message>
        <source>“%1” could not be moved to the bin: there is none here, or a file of it is in use.</source>
        <translation>“%1”无法移到回收站：这里没有回收站，或它的文件正在使用。</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>ModelsView</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Drop weights anywhere here to import them</source>
        <translation>把权重文件拖到这里任意位置即可导入</translation>
    </message>
</context>
<context>
    <name>ModelsWords</name>
    <message>
        <source>Yours</source>
        <translation>你的</translation>
    </message>
    <message>
        <source>Came with the program</source>
        <translation>程序自带</translation>
    </message>
    <message>
        <source>Fine-tuned from “%1”</source>
        <translation>由“%1”微调而来</translation>
    </message>
    <message>
        <source>Imported from “%1”</source>
        <translation>从“%1”导入</translation>
    </message>
    <message>
        <source>Imported from “%1” · %2</source>
        <translation>从“%1”导入 · %2</translation>
    </message>
    <message>
        <source>Licence not stated</source>
        <translation>许可证未注明</translation>
    </message>
    <message>
        <source>from “%1”</source>
        <translation>来自“%1”</translation>
    </message>
    <message>
        <source>Restores photos</source>
        <translation>修复照片</translation>
    </message>
    <message>
        <source>Cleans photos by a round trip through its latent</source>
        <translation>让照片在潜空间走一个来回来清理</translation>
    </message>
    <message>
        <source>Draws new pictures at random</source>
        <translation>随机画新图片</translation>
    </message>
    <message>
        <source>Changes pictures with sliders</source>
        <translation>用滑块改变图片</translation>
    </message>
    <message>
        <source>Walks from picture to picture</source>
        <translation>在图片之间过渡</translation>
    </message>
    <message>
        <source>Can learn your pictures</source>
        <translation>可以学习你的图片</translation>
    </message>
    <message>
        <source>Maps a folder of pictures</source>
        <translation>把图片文件夹画成地图</translation>
    </message>
    <message>
        <source>Offers variants of a result</source>
        <translation>提供结果的不同版本</translation>
    </message>
    <message>
        <source>Shows where it is unsure</source>
        <translation>显示拿不准的地方</translation>
    </message>
    <message>
        <source>Adds likely detail where a photo is unclear</source>
        <translation>在照片不清楚的地方补上可能的细节</translation>
    </message>
    <message>
        <source>It draws no random pictures: it was made for photos.</source>
        <translation>它不画随机图片：它是为照片而做的。</translation>
    </message>
    <message>
        <source>This model has no prior: it cannot draw at random.</source>
        <translation>这个模型没有先验：不能随机绘制。</translation>
    </message>
    <message>
        <source>It has no sliders: its latent belongs to places of the picture, not to the whole.</source>
        <translation>它没有滑块：它的潜变量属于图片的各个位置，而不是整张图片。</translation>
    </message>
    <message>
        <source>It cannot learn your pictures.</source>
        <translation>它不能学习你的图片。</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>Try it in %1</source>
        <translation>在“%1”中试用</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>%1 on noisy photos</source>
        <translation>噪点照片上 %1</translation>
    </message>
    <message>
        <source>%1 on pictures it had not seen</source>
        <translation>未见过的图片上 %1</translation>
    </message>
    <message>
        <source>Noise %1, found by itself</source>
        <translation>噪点 %1，自动判断</translation>
    </message>
    <message>
        <source>Noise %1, told how strong</source>
        <translation>噪点 %1，已告知强度</translation>
    </message>
    <message>
        <source>JPEG of quality %1</source>
        <translation>质量为 %1 的 JPEG</translation>
    </message>
    <message>
        <source>Pictures it had not seen, drawn again</source>
        <translation>未见过的图片，重新画出</translation>
    </message>
    <message>
        <source>The same, without the details of places</source>
        <translation>同上，但不用局部细节</translation>
    </message>
    <message>
        <source>Largest difference from the original network</source>
        <translation>与原网络的最大差异</translation>
    </message>
    <message>
        <source>Kinds it had not seen, drawn again</source>
        <translation>未见过的种类，重新画出</translation>
    </message>
    <message>
        <source>%1 of 255 steps of brightness</source>
        <translation>%1 级亮度（共 255 级）</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>no difference to be seen</source>
        <translation>看不出差别</translation>
    </message>
    <message>
        <source>hardly a difference</source>
        <translation>几乎没有差别</translation>
    </message>
    <message>
        <source>small differences</source>
        <translation>略有差别</translation>
    </message>
    <message>
        <source>fine details differ</source>
        <translation>细微处不同</translation>
    </message>
    <message>
        <source>alike, details differ</source>
        <translation>相似，细节不同</translation>
    </message>
    <message>
        <source>only roughly alike</source>
        <translation>只有大致相似</translation>
    </message>
    <message>
        <source>Not checked since the window was opened.</source>
        <translation>窗口打开以来还没有校验过。</translation>
    </message>
    <message>
        <source>Checking: %1 % of the bytes are read.</source>
        <translation>正在校验：已读取 %1 % 的字节。</translation>
    </message>
    <message>
        <source>Every byte is as it was made.</source>
        <translation>每个字节都和制作时一样。</translation>
    </message>
    <message>
        <source>Importing “%1”</source>
        <translation>正在导入“%1”</translation>
    </message>
    <message>
        <source>(%1 of %2)</source>
        <translation>（%1 / %2）</translation>
    </message>
    <message>
        <source>reading the weights</source>
        <translation>读取权重</translation>
    </message>
    <message>
        <source>converting</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>writing the model</source>
        <translation>写入模型</translation>
    </message>
    <message>
        <source>comparing it with the original</source>
        <translation>与原模型比较</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 GB of memory</source>
        <translation>%1 GB 内存</translation>
    </message>
    <message>
        <source>In use.</source>
        <translation>正在使用。</translation>
    </message>
    <message>
        <source>Works.</source>
        <translation>可用。</translation>
    </message>
    <message>
        <source>Cannot be used.</source>
        <translation>不可用。</translation>
    </message>
</context>
<context>
    <name>Mover</name>
    <message>
        <source>“%1” stays: the system has no bin for it, or does not let it go there.</source>
        <translation>“%1”留在原处：系统没有可用的回收站，或不允许移入。</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>%1 in the bin</source>
        <translation>%1 个已移到回收站</translation>
    </message>
    <message>
        <source>“%1” could not be brought back from the bin.</source>
        <translation>“%1”无法从回收站找回。</translation>
    </message>
    <message>
        <source>Copy the pictures to a folder</source>
        <translation>把图片复制到文件夹</translation>
    </message>
    <message>
        <source>“%1” could not be copied: %2.</source>
        <translation>“%1”无法复制：%2。</translation>
    </message>
    <message>
        <source>%1 copied to “%2”</source>
        <translation>%1 个已复制到“%2”</translation>
    </message>
    <message>
        <source>Pictures that came with the program are not moved to the bin: they stay to be tried.</source>
        <translation>程序自带的图片不会移到回收站：它们留着供试用。</translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>Act on this notice</source>
        <translation>处理这条提示</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Use a model that can</source>
        <translation>换用可以的模型</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>“%1” was drawn by “%2”: “%3” cannot start from it.</source>
        <translation>“%1”由“%2”绘制：“%3”不能从它开始。</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>正在写入 %1</translation>
    </message>
    <message>
        <source>Preparing the pictures</source>
        <translation>正在准备图片</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>OddPage</name>
    <message>
        <source>Odd</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>All told</source>
        <translation>综合</translation>
    </message>
    <message>
        <source>In this folder</source>
        <translation>在此文件夹中</translation>
    </message>
    <message>
        <source>Unlike what the model has learnt, unlike the rest of this folder, or both.</source>
        <translation>与模型学过的不同，与此文件夹的其余图片不同，或两者都是。</translation>
    </message>
    <message>
        <source>Unlike the rest of this folder, whatever the model knows.</source>
        <translation>与此文件夹的其余图片不同，不管模型认识什么。</translation>
    </message>
    <message>
        <source>Yellow is where the model draws the picture most wrong. (H)</source>
        <translation>黄色是模型画得最不准的地方。（H）</translation>
    </message>
    <message>
        <source>Odd ones, the oddest first</source>
        <translation>异常图片，最异常的在前</translation>
    </message>
</context>
<context>
    <name>Offer</name>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>OpenWindow</name>
    <message>
        <source>The language changes when the work at hand has ended.</source>
        <translation>手头的工作结束后就会切换语言。</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>There is no file “{name}”.</source>
        <translation>没有文件“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” is neither a photo nor a model.</source>
        <translation>“{name}”既不是照片也不是模型。</translation>
    </message>
    <message numerus="yes">
        <source>%n more cannot be opened.</source>
        <translation>
            <numerusform>另有 %n 个无法打开。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Outside</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Pictures are at work</source>
        <translation>正在处理图片</translation>
    </message>
    <message>
        <source>It is done.</source>
        <translation>完成了。</translation>
    </message>
</context>
<context>
    <name>OwnSliders</name>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>Remove the slider %1</source>
        <translation>删除滑块 %1</translation>
    </message>
    <message>
        <source>The slider “%1” stays as it is: %2.</source>
        <translation>滑块“%1”保持不变：%2。</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>PhotoCard</name>
    <message>
        <source>Your photo</source>
        <translation>你的照片</translation>
    </message>
    <message>
        <source>The photo as the model draws it</source>
        <translation>模型画出的这张照片</translation>
    </message>
    <message>
        <source>PSNR: how like the photo the model&apos;s picture is, pixel by pixel. 30 dB is hard to tell apart.</source>
        <translation>PSNR：模型的图片与照片逐像素相比有多像。30 dB 时很难分辨。</translation>
    </message>
    <message>
        <source>The model’s picture</source>
        <translation>模型的图片</translation>
    </message>
    <message>
        <source>Choose the part of the photo that the model sees. (Ctrl+Shift+A)</source>
        <translation>选择照片中给模型看的部分。（Ctrl+Shift+A）</translation>
    </message>
    <message>
        <source>Align…</source>
        <translation>对齐…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Look closer for a few seconds, so that the picture comes nearer. (Ctrl+E)</source>
        <translation>再细看几秒钟，让图片更接近。（Ctrl+E）</translation>
    </message>
    <message>
        <source>This model knows such pictures well.</source>
        <translation>这个模型很熟悉这类图片。</translation>
    </message>
    <message>
        <source>This model knows such pictures roughly.</source>
        <translation>这个模型大致认识这类图片。</translation>
    </message>
    <message>
        <source>This model does not know such pictures.</source>
        <translation>这个模型不认识这类图片。</translation>
    </message>
    <message>
        <source>Likeness %1 dB</source>
        <translation>相似度 %1 dB</translation>
    </message>
</context>
<context>
    <name>PresetRow</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Own settings</source>
        <translation>自定义设置</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Save, rename, delete and share presets</source>
        <translation>保存、重命名、删除和分享预设</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>保存为预设…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Export as a file…</source>
        <translation>导出为文件…</translation>
    </message>
    <message>
        <source>Import from files…</source>
        <translation>从文件导入…</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Save as a preset</source>
        <translation>保存为预设</translation>
    </message>
    <message>
        <source>Save a preset</source>
        <translation>保存预设</translation>
    </message>
    <message>
        <source>Rename the preset</source>
        <translation>重命名预设</translation>
    </message>
    <message>
        <source>There is a preset “{name}” already.</source>
        <translation>已经有名为“{name}”的预设。</translation>
    </message>
    <message>
        <source>Rename a preset</source>
        <translation>重命名预设</translation>
    </message>
    <message>
        <source>Delete a preset</source>
        <translation>删除预设</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>导入预设</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Export the preset</source>
        <translation>导出预设</translation>
    </message>
</context>
<context>
    <name>QualityChoice</name>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>The usual choice.</source>
        <translation>通常选它。</translation>
    </message>
    <message>
        <source>A little better, in eight times the time. Variants are drawn as at Normal.</source>
        <translation>稍好一点，时间是八倍。不同版本仍按“标准”绘制。</translation>
    </message>
    <message>
        <source>Half the time on most processors, hardly less good. No variants; no gain on a graphics card.</source>
        <translation>在多数处理器上只要一半时间，效果几乎不差。没有不同版本；在显卡上没有好处。</translation>
    </message>
    <message>
        <source>There is no fast edition of this model.</source>
        <translation>这个模型没有快速版。</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Open recent</source>
        <translation>打开最近使用</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Nothing was opened yet</source>
        <translation>还没有打开过文件</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>在 {folder} 中</translation>
    </message>
    <message>
        <source>No longer in {folder}</source>
        <translation>已不在 {folder} 中</translation>
    </message>
</context>
<context>
    <name>RestoreActions</name>
    <message>
        <source>Open photos…</source>
        <translation>打开照片…</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save all…</source>
        <translation>全部保存…</translation>
    </message>
    <message>
        <source>Copy the result</source>
        <translation>复制结果</translation>
    </message>
    <message>
        <source>Use these settings for all photos</source>
        <translation>把这些设置用于所有照片</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>从队列中移除</translation>
    </message>
    <message>
        <source>Clear the queue</source>
        <translation>清空队列</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>上一张照片</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>下一张照片</translation>
    </message>
    <message>
        <source>Fit the window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Real pixels</source>
        <translation>实际像素</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Hold to see the original</source>
        <translation>按住看原图</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>不确定性</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Zoom in and out, fit, real pixels</source>
        <translation>放大缩小、适合窗口、实际像素</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>Move the picture; with Shift the divider</source>
        <translation>移动图片；同时按 Shift 移动分界线</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Hold to move the picture even at the divider</source>
        <translation>按住后即使在分界线上也移动图片</translation>
    </message>
</context>
<context>
    <name>RestorePanel</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>The model judges for itself what to remove from this photo.</source>
        <translation>模型自己判断要从这张照片上去除什么。</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪点</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>How soft the photo is: radius of the blur in pixels.</source>
        <translation>照片有多模糊：模糊半径，以像素计。</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>How grainy the photo is. 0: not at all, 25: clearly, 50: very.</source>
        <translation>照片的颗粒有多重。0：没有，25：明显，50：很重。</translation>
    </message>
    <message>
        <source>Blocky marks of strong compression. Farther right: stronger marks.</source>
        <translation>强压缩留下的块状痕迹。越往右，痕迹越重。</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Scratches</source>
        <translation>划痕</translation>
    </message>
    <message>
        <source>Mend scratches, dust and folds.</source>
        <translation>修补划痕、灰尘和折痕。</translation>
    </message>
    <message>
        <source>Fading</source>
        <translation>褪色</translation>
    </message>
    <message>
        <source>Bring back contrast and colours that have faded.</source>
        <translation>找回褪去的对比度和颜色。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>How much of the result is blended over the photo as it was.</source>
        <translation>结果有多少叠加到原来的照片上。</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Adds likely texture where the photo is unclear: crisper, but made up.</source>
        <translation>在照片不清楚的地方补上可能的纹理：更清晰，但是虚构的。</translation>
    </message>
    <message>
        <source>The mean of everything the photo may have shown: smooth and safe.</source>
        <translation>照片可能是什么样的平均：平滑而稳妥。</translation>
    </message>
    <message>
        <source>One photo that may have been: crisper, its details made up.</source>
        <translation>照片可能的一种样子：更清晰，细节是虚构的。</translation>
    </message>
    <message>
        <source>This model draws the whole photo anew: noise goes, and perhaps fine detail.</source>
        <translation>此模型会重画整张照片：噪点会消失，细节也可能随之消失。</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Use for all photos</source>
        <translation>用于所有照片</translation>
    </message>
    <message>
        <source>Give these settings to every photo of the queue. (Ctrl+Shift+A)</source>
        <translation>把这些设置用于队列中的每张照片。（Ctrl+Shift+A）</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save this result with everything its file carried. (Ctrl+S)</source>
        <translation>保存这个结果，并保留原文件附带的一切。（Ctrl+S）</translation>
    </message>
    <message>
        <source>Save all…</source>
        <translation>全部保存…</translation>
    </message>
    <message>
        <source>Save every result to a folder. (Ctrl+Shift+S)</source>
        <translation>把每个结果保存到文件夹。（Ctrl+Shift+S）</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Looking at the photo…</source>
        <translation>正在查看照片…</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪点</translation>
    </message>
    <message>
        <source>blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>scratches</source>
        <translation>划痕</translation>
    </message>
    <message>
        <source>fading</source>
        <translation>褪色</translation>
    </message>
    <message>
        <source>compression</source>
        <translation>压缩痕迹</translation>
    </message>
    <message>
        <source>Found little to repair.</source>
        <translation>没有多少需要修复。</translation>
    </message>
    <message>
        <source>Found: %1.</source>
        <translation>发现：%1。</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 像素</translation>
    </message>
    <message>
        <source>quality %1</source>
        <translation>质量 %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>RestoreShow</name>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>%1 not saved yet</source>
        <translation>%1 个尚未保存</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>restoring, %1 %</source>
        <translation>正在修复，%1 %</translation>
    </message>
    <message>
        <source>done, not saved</source>
        <translation>已完成，未保存</translation>
    </message>
    <message>
        <source>saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>RestoreTab</name>
    <message>
        <source>Use another model</source>
        <translation>使用另一个模型</translation>
    </message>
    <message>
        <source>There is no photo in “%1”.</source>
        <translation>“%1”里没有照片。</translation>
    </message>
    <message>
        <source>Only pictures of this computer can be taken: save this one first.</source>
        <translation>只能接收这台电脑上的图片：请先保存这一张。</translation>
    </message>
    <message>
        <source>There is no photo in what was dropped or pasted.</source>
        <translation>拖放或粘贴的内容里没有照片。</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>从队列中移除</translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation>更改设置</translation>
    </message>
    <message>
        <source>Use a preset</source>
        <translation>使用预设</translation>
    </message>
    <message>
        <source>Use settings for all photos</source>
        <translation>把设置用于所有照片</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>“{file}” is not there any more.</source>
        <translation>“{file}”已经不在了。</translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation>重新制作</translation>
    </message>
</context>
<context>
    <name>RestoreView</name>
    <message>
        <source>Drop old photos here</source>
        <translation>把老照片拖到这里</translation>
    </message>
    <message>
        <source>They come back clean, beside the original, and never leave this computer.</source>
        <translation>照片修复后与原图并排显示，绝不离开这台电脑。</translation>
    </message>
    <message>
        <source>Open photos…</source>
        <translation>打开照片…</translation>
    </message>
    <message>
        <source>Ctrl+O opens · Ctrl+V pastes · folders are welcome</source>
        <translation>Ctrl+O 打开 · Ctrl+V 粘贴 · 也可以是文件夹</translation>
    </message>
    <message>
        <source>Queue of photos</source>
        <translation>照片队列</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>按住</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>不确定性</translation>
    </message>
    <message>
        <source>Drag the result out</source>
        <translation>把结果拖出去</translation>
    </message>
    <message>
        <source>Drag from here to a folder or another app: the result goes there as a file.</source>
        <translation>从这里拖到文件夹或其他程序：结果会作为文件过去。</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>What came of it</source>
        <translation>学习结果</translation>
    </message>
    <message>
        <source>Put the held-out pictures into the model</source>
        <translation>把检验图放进模型</translation>
    </message>
    <message>
        <source>They go along when the model is given away. Without them it holds no picture at all.</source>
        <translation>送出模型时它们会一起带走。不放的话，模型里没有任何图片。</translation>
    </message>
    <message>
        <source>“%1” is kept</source>
        <translation>“%1”已保留</translation>
    </message>
    <message>
        <source>“%1” got better</source>
        <translation>“%1”有进步</translation>
    </message>
    <message>
        <source>Nothing got better</source>
        <translation>没有进步</translation>
    </message>
    <message>
        <source>It lies beside the other models, and every tab can use it now.</source>
        <translation>它已放在其他模型旁边，每个页面都可以使用。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s) in %2; the best came after %3.</source>
        <translation>
            <numerusform>%Ln 步，用时 %2；最好的出现在第 %3 步。</numerusform>
        </translation>
    </message>
    <message>
        <source>It can be tried before you decide: it is among the models of the other tabs.</source>
        <translation>决定之前可以先试用：它就在其他页面的模型里。</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基础</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
</context>
<context>
    <name>SampleRow</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Try one of these</source>
        <translation>试试其中一个</translation>
    </message>
    <message>
        <source>Try this</source>
        <translation>试试这个</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>A mountain lake, scratched and yellowed</source>
        <translation>山间湖泊，有划痕、已发黄</translation>
    </message>
    <message>
        <source>An orchard, faded</source>
        <translation>果园，已褪色</translation>
    </message>
    <message>
        <source>A harbour, noisy and compressed</source>
        <translation>港口，有噪点、被压缩</translation>
    </message>
    <message>
        <source>Three drawn faces</source>
        <translation>三张画出来的脸</translation>
    </message>
    <message>
        <source>Two photos</source>
        <translation>两张照片</translation>
    </message>
    <message>
        <source>A folder of fruit</source>
        <translation>一个水果文件夹</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keys and shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Find by a word or a key</source>
        <translation>按文字或按键查找</translation>
    </message>
    <message>
        <source>Enter or a double click, then the new keys. Delete takes the keys away.</source>
        <translation>按回车或双击，然后按新的快捷键。按 Delete 去掉快捷键。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset the keys of the chosen line</source>
        <translation>重置所选行的快捷键</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>重置所有快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>These keys belong to the picture and stay.</source>
        <translation>这些按键属于图片，不能更改。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>By default: {keys}</source>
        <translation>默认：{keys}</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>所有页面</translation>
    </message>
    <message>
        <source>{keys} is taken: it means “{action}” ({where}).</source>
        <translation>{keys} 已被占用：它是“{action}”（{where}）。</translation>
    </message>
</context>
<context>
    <name>SideBySide</name>
    <message>
        <source>Pictures that look alike</source>
        <translation>相似的图片</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>to the bin</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>To the bin</source>
        <translation>移到回收站</translation>
    </message>
</context>
<context>
    <name>SlidersActions</name>
    <message>
        <source>Open a photo…</source>
        <translation>打开照片…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Random picture</source>
        <translation>随机图片</translation>
    </message>
    <message>
        <source>Refine</source>
        <translation>精修</translation>
    </message>
    <message>
        <source>Align the photo</source>
        <translation>对齐照片</translation>
    </message>
    <message>
        <source>Reset all sliders</source>
        <translation>重置所有滑块</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Keep this state</source>
        <translation>留住这个状态</translation>
    </message>
    <message>
        <source>Remove the kept state</source>
        <translation>移除留住的状态</translation>
    </message>
    <message>
        <source>Send start and now to Interpolate</source>
        <translation>把起点和现在发送到“过渡”</translation>
    </message>
    <message>
        <source>Send the kept states to Interpolate</source>
        <translation>把留住的状态发送到“过渡”</translation>
    </message>
    <message>
        <source>Make a slider from pictures…</source>
        <translation>用图片制作滑块…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Fit the window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Real pixels</source>
        <translation>实际像素</translation>
    </message>
    <message>
        <source>Hold to see the start</source>
        <translation>按住看起点</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Zoom in and out, fit, real pixels</source>
        <translation>放大缩小、适合窗口、实际像素</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>Move the picture; with Shift the divider</source>
        <translation>移动图片；同时按 Shift 移动分界线</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Hold to move the picture even at the divider</source>
        <translation>按住后即使在分界线上也移动图片</translation>
    </message>
</context>
<context>
    <name>SlidersDialogs</name>
    <message>
        <source>Open a photo</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
</context>
<context>
    <name>SlidersPanel</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>What the model varies beside this. These have no names: try them out.</source>
        <translation>模型另外还会改变的东西。它们没有名字：试试看。</translation>
    </message>
    <message>
        <source>More sliders</source>
        <translation>更多滑块</translation>
    </message>
    <message>
        <source>Made by you</source>
        <translation>你制作的</translation>
    </message>
    <message>
        <source>This model has no sliders of its own.</source>
        <translation>这个模型没有自己的滑块。</translation>
    </message>
    <message>
        <source>Begin with a picture that the model makes up. (Ctrl+R)</source>
        <translation>从模型凭空画的图片开始。（Ctrl+R）</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Begin with a picture of yours: open it, or drop or paste it here. (Ctrl+O)</source>
        <translation>从你的图片开始：打开它，或拖放、粘贴到这里。（Ctrl+O）</translation>
    </message>
    <message>
        <source>Photo…</source>
        <translation>照片…</translation>
    </message>
    <message>
        <source>Sliders</source>
        <translation>滑块</translation>
    </message>
    <message>
        <source>Save the picture and how to make it again as a PNG. (Ctrl+S)</source>
        <translation>把图片连同制作方法保存为 PNG。（Ctrl+S）</translation>
    </message>
    <message>
        <source>Keep this state in the strip below the picture, to come back to. (Ctrl+K)</source>
        <translation>把这个状态留在图片下方的条带里，以便返回。（Ctrl+K）</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>留住</translation>
    </message>
    <message>
        <source>Less on the left, more on the right. At 1 the picture differs as much as pictures usually do.</source>
        <translation>左边减少，右边增加。到 1 时，差别相当于图片之间通常的差别。</translation>
    </message>
</context>
<context>
    <name>SlidersShow</name>
    <message>
        <source>A picture that was made from a photo</source>
        <translation>由照片得到的图片</translation>
    </message>
    <message>
        <source>Random picture %1</source>
        <translation>随机图片 %1</translation>
    </message>
    <message>
        <source>Sliders need a model that draws pictures; none is installed.</source>
        <translation>滑块需要能绘制图片的模型，但没有安装。</translation>
    </message>
    <message>
        <source>Drawing…</source>
        <translation>正在绘制…</translation>
    </message>
    <message>
        <source>every slider in the middle</source>
        <translation>所有滑块都在中间</translation>
    </message>
    <message>
        <source>State %1</source>
        <translation>状态 %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Refining</source>
        <translation>正在精修</translation>
    </message>
    <message>
        <source>Looking at the photo…</source>
        <translation>正在查看照片…</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
</context>
<context>
    <name>SlidersTab</name>
    <message>
        <source>Reset all sliders</source>
        <translation>重置所有滑块</translation>
    </message>
    <message>
        <source>Keep this state</source>
        <translation>留住这个状态</translation>
    </message>
    <message>
        <source>Another model</source>
        <translation>换一个模型</translation>
    </message>
    <message>
        <source>The model “%1” is not there any more.</source>
        <translation>模型“%1”已经不在了。</translation>
    </message>
    <message>
        <source>Random picture</source>
        <translation>随机图片</translation>
    </message>
    <message>
        <source>There is no slider “%1” any more: the picture is shown without it.</source>
        <translation>滑块“%1”已经没有了：图片不用它来显示。</translation>
    </message>
    <message>
        <source>There is no picture in “%1”.</source>
        <translation>“%1”里没有图片。</translation>
    </message>
    <message>
        <source>One picture at a time: “%1” was taken.</source>
        <translation>一次一张图片：已采用“%1”。</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>换一张图片</translation>
    </message>
    <message>
        <source>The model “%1” has no sliders.</source>
        <translation>模型“%1”没有滑块。</translation>
    </message>
    <message>
        <source>This picture was drawn by the model “%1”, which is not installed.</source>
        <translation>这张图片由模型“%1”绘制，但该模型没有安装。</translation>
    </message>
    <message>
        <source>Only pictures of this computer can be taken: save this one first.</source>
        <translation>只能接收这台电脑上的图片：请先保存这一张。</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped or pasted.</source>
        <translation>拖放或粘贴的内容里没有图片。</translation>
    </message>
    <message>
        <source>There is no model yet that could look at a photo.</source>
        <translation>还没有能查看照片的模型。</translation>
    </message>
    <message>
        <source>The model “%1” cannot take photos.</source>
        <translation>模型“%1”不能接收照片。</translation>
    </message>
    <message>
        <source>Refine</source>
        <translation>精修</translation>
    </message>
    <message>
        <source>Align the photo</source>
        <translation>对齐照片</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>移动 %1</translation>
    </message>
    <message>
        <source>Back to a kept state</source>
        <translation>回到留住的状态</translation>
    </message>
    <message>
        <source>Remove the kept state</source>
        <translation>移除留住的状态</translation>
    </message>
    <message>
        <source>Back to this state</source>
        <translation>回到这个状态</translation>
    </message>
</context>
<context>
    <name>SlidersView</name>
    <message>
        <source>The part of the photo that the model sees</source>
        <translation>照片中给模型看的部分</translation>
    </message>
    <message>
        <source>Kept states</source>
        <translation>留住的状态</translation>
    </message>
    <message>
        <source>Hold to see the start</source>
        <translation>看起点</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Compare with the start</source>
        <translation>与起点对比</translation>
    </message>
    <message>
        <source>Drag the picture out</source>
        <translation>把图片拖出去</translation>
    </message>
    <message>
        <source>Drag from here to a folder or another app: the picture goes there as a file.</source>
        <translation>从这里拖到文件夹或其他程序：图片会作为文件过去。</translation>
    </message>
    <message>
        <source>Interpolate</source>
        <translation>过渡</translation>
    </message>
    <message>
        <source>Send to Interpolate</source>
        <translation>发送到“过渡”</translation>
    </message>
    <message>
        <source>Walk from the start to this picture, or through the kept states.</source>
        <translation>从起点过渡到这张图片，或经过留住的各个状态。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Done with the frame</source>
        <translation>选框已定好</translation>
    </message>
    <message>
        <source>Back to the picture (Enter)</source>
        <translation>回到图片（回车）</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Drag the frame to the part that the model should see; the wheel resizes it.</source>
        <translation>把选框拖到要给模型看的部分；滚轮改变大小。</translation>
    </message>
</context>
<context>
    <name>Slot</name>
    <message>
        <source>a picture is on its way</source>
        <translation>图片正在路上</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>{width} by {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Starting the engine…</source>
        <translation>正在启动引擎…</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Photo %1 of %2</source>
        <translation>第 %1 张，共 %2 张</translation>
    </message>
    <message>
        <source>Restoring</source>
        <translation>正在修复</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>第 %1 步，共 %2 步：%3</translation>
    </message>
</context>
<context>
    <name>TabActions</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
</context>
<context>
    <name>Tagger</name>
    <message>
        <source>Tags that were given in another window are taken over.</source>
        <translation>已采用在另一个窗口中加的标签。</translation>
    </message>
    <message>
        <source>Tag “%1”</source>
        <translation>加标签“%1”</translation>
    </message>
    <message>
        <source>Refuse “%1”</source>
        <translation>拒绝“%1”</translation>
    </message>
    <message>
        <source>Take tags away</source>
        <translation>去掉标签</translation>
    </message>
    <message>
        <source>Rename “%1”</source>
        <translation>重命名“%1”</translation>
    </message>
    <message>
        <source>Remove the tag “%1”</source>
        <translation>移除标签“%1”</translation>
    </message>
    <message>
        <source>%1 of %2 pictures could not be copied. “%3”: %4.</source>
        <translation>%2 张图片中有 %1 张无法复制。“%3”：%4。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) were copied to sub-folders of “%2”.</source>
        <translation>
            <numerusform>%Ln 张图片已复制到“%2”的子文件夹。</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Making the slider “%1”…</source>
        <translation>正在制作滑块“%1”…</translation>
    </message>
</context>
<context>
    <name>TagsPage</name>
    <message>
        <source>New tag for the chosen pictures</source>
        <translation>给选中的图片新建标签</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Give the chosen pictures this tag.</source>
        <translation>给选中的图片加上这个标签。</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Yes (Y)</source>
        <translation>是（Y）</translation>
    </message>
    <message>
        <source>No (X)</source>
        <translation>否（X）</translation>
    </message>
    <message>
        <source>Rename this tag…</source>
        <translation>重命名这个标签…</translation>
    </message>
    <message>
        <source>Remove this tag</source>
        <translation>移除这个标签</translation>
    </message>
    <message>
        <source>Count sure suggestions as tags</source>
        <translation>把确定的建议算作标签</translation>
    </message>
    <message>
        <source>Suggestions of 90 % and more go to sub-folders and tables, too.</source>
        <translation>90 % 以上的建议也进入子文件夹和表格。</translation>
    </message>
    <message>
        <source>With the tags…</source>
        <translation>使用标签…</translation>
    </message>
    <message>
        <source>Sub-folders, a table, a slider; rename, remove.</source>
        <translation>子文件夹、表格、滑块；重命名、移除。</translation>
    </message>
    <message>
        <source>Probably “%1”</source>
        <translation>大概是“%1”</translation>
    </message>
    <message>
        <source>Choose a few pictures, five or so, and give them a tag: the others are then suggested.</source>
        <translation>选几张图片，五张左右，给它们加标签：其余的就会得到建议。</translation>
    </message>
    <message>
        <source>Nothing else looks like “%1”.</source>
        <translation>没有别的图片像“%1”。</translation>
    </message>
    <message>
        <source>Rename the tag</source>
        <translation>重命名标签</translation>
    </message>
    <message>
        <source>New name of “%1”</source>
        <translation>“%1”的新名称</translation>
    </message>
</context>
<context>
    <name>TimePage</name>
    <message>
        <source>How long may it take?</source>
        <translation>可以花多长时间？</translation>
    </message>
    <message>
        <source>Ten seconds of learning tell how fast this computer is.</source>
        <translation>学习十秒钟就能知道这台电脑有多快。</translation>
    </message>
    <message>
        <source>Trying the speed</source>
        <translation>正在测试速度</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>The model is called</source>
        <translation>模型名称为</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>给它起个名字。</translation>
    </message>
    <message>
        <source>There is a model of this name already: choose another.</source>
        <translation>已经有同名模型：请换一个。</translation>
    </message>
    <message>
        <source>Disk: needs %1, %2 are free.</source>
        <translation>磁盘：需要 %1，可用 %2。</translation>
    </message>
    <message>
        <source>Memory: needs %1, %2 are free.</source>
        <translation>内存：需要 %1，可用 %2。</translation>
    </message>
    <message>
        <source>Battery: %1 %, not charging.</source>
        <translation>电池：%1 %，未充电。</translation>
    </message>
    <message>
        <source>Battery: %1 %.</source>
        <translation>电池：%1 %。</translation>
    </message>
</context>
<context>
    <name>TroubleBox</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Open the folder of logs</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>The part that works on pictures does not run.</source>
        <translation>处理图片的部分没有运行。</translation>
    </message>
    <message>
        <source>Photos and results are safe. Close other programs if memory is short, then press “Try again” or start the program anew. If that does not help, a report says what is missing.</source>
        <translation>照片和结果都安全。如果内存紧张，请关闭其他程序，然后按“重试”或重新启动程序。如果仍不行，报告会说明缺了什么。</translation>
    </message>
    <message>
        <source>Something went wrong in this program.</source>
        <translation>程序内部出了问题。</translation>
    </message>
    <message>
        <source>Your pictures and files are as they were. You can go on; if it happens again, save your work and start the program anew. A report helps us to mend it: nothing is sent by itself.</source>
        <translation>你的图片和文件都没有变。可以继续使用；如果再次发生，请保存工作并重新启动程序。报告能帮助我们修正：程序不会自动发送任何东西。</translation>
    </message>
</context>
<context>
    <name>UnfinishedList</name>
    <message>
        <source>Or go on with what was begun</source>
        <translation>或继续之前开始的</translation>
    </message>
    <message>
        <source>See the result</source>
        <translation>查看结果</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Find the folder…</source>
        <translation>找到文件夹…</translation>
    </message>
    <message>
        <source>Throw away…</source>
        <translation>丢弃…</translation>
    </message>
</context>
<context>
    <name>Visit</name>
    <message>
        <source>No model is installed that can look at pictures.</source>
        <translation>没有安装能查看图片的模型。</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Looking at the pictures ended by itself. What was seen so far is kept.</source>
        <translation>查看图片的过程自己结束了。已经看过的内容已保留。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再看一遍</translation>
    </message>
</context>
<context>
    <name>WayModels</name>
    <message>
        <source>Any two photos</source>
        <translation>任意两张照片</translation>
    </message>
    <message>
        <source>Any two photos · %1</source>
        <translation>任意两张照片 · %1</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Only files of this computer can be taken: save this one first.</source>
        <translation>只能接收这台电脑上的文件：请先保存这一个。</translation>
    </message>
    <message>
        <source>“{tab}” does not take this: hold it over the name of another tab.</source>
        <translation>“{tab}”不接收这个：请把它停在另一个页面的名字上。</translation>
    </message>
    <message>
        <source>Restore the photos of this folder</source>
        <translation>修复这个文件夹里的照片</translation>
    </message>
    <message numerus="yes">
        <source>Restore %n photos</source>
        <translation>
            <numerusform>修复 %n 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring back what drew this picture: its file knows it</source>
        <translation>还原画出这张图片的设置：文件里有记录</translation>
    </message>
    <message>
        <source>Change this picture by sliders</source>
        <translation>用滑块改变这张图片</translation>
    </message>
    <message>
        <source>Walk to this picture, and on to the next</source>
        <translation>过渡到这张图片，再到下一张</translation>
    </message>
    <message>
        <source>Learn the pictures of this folder</source>
        <translation>学习这个文件夹里的图片</translation>
    </message>
    <message>
        <source>Learn the pictures of the folder that it lies in</source>
        <translation>学习它所在文件夹里的图片</translation>
    </message>
    <message>
        <source>Lay this folder out as a map</source>
        <translation>把这个文件夹画成地图</translation>
    </message>
    <message>
        <source>Lay the folder that it lies in out as a map</source>
        <translation>把它所在的文件夹画成地图</translation>
    </message>
    <message>
        <source>Import this model</source>
        <translation>导入这个模型</translation>
    </message>
</context>
<context>
    <name>_KeyDelegate</name>
    <message>
        <source>Press the new keys</source>
        <translation>请按新的快捷键</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>({0} are copies, blank, too small or unreadable)</source>
        <translation>（{0} 张是重复、空白、太小或无法读取的）</translation>
    </message>
    <message>
        <source>1.27 or newer</source>
        <translation>1.27 或更新版本</translation>
    </message>
    <message>
        <source>20 Gaussian channels at 1/2</source>
        <translation>1/2 分辨率上 20 个高斯通道</translation>
    </message>
    <message>
        <source>24 Gaussian channels at 1/4</source>
        <translation>1/4 分辨率上 24 个高斯通道</translation>
    </message>
    <message>
        <source>32 Gaussian channels at 1/8</source>
        <translation>1/8 分辨率上 32 个高斯通道</translation>
    </message>
    <message>
        <source>32 Gaussian numbers for the whole picture</source>
        <translation>整张图片 32 个高斯数</translation>
    </message>
    <message>
        <source>4 Gaussian channels on a grid of 8 x 8</source>
        <translation>8 × 8 网格上 4 个高斯通道</translation>
    </message>
    <message>
        <source>64 Gaussian numbers for the whole picture</source>
        <translation>整张图片 64 个高斯数</translation>
    </message>
    <message>
        <source>7,000 portraits drawn with facesjs, Apache-2.0</source>
        <translation>用 facesjs 绘制的 7,000 幅肖像，Apache-2.0</translation>
    </message>
    <message>
        <source>8 Gaussian channels on a grid of 6 x 6</source>
        <translation>6 × 6 网格上 8 个高斯通道</translation>
    </message>
    <message>
        <source>8 Gaussian channels on a grid of 8 x 8</source>
        <translation>8 × 8 网格上 8 个高斯通道</translation>
    </message>
    <message>
        <source>A film has 2 to {0} frames, not {1}.</source>
        <translation>影片有 2 到 {0} 帧，不能是 {1} 帧。</translation>
    </message>
    <message>
        <source>A film shows 1 to {0} frames a second, not {1}.</source>
        <translation>影片每秒显示 1 到 {0} 帧，不能是 {1} 帧。</translation>
    </message>
    <message>
        <source>A morph needs at least two pictures.</source>
        <translation>渐变至少需要两张图片。</translation>
    </message>
    <message>
        <source>A picture that model {0} drew cannot be a stop of a walk through {1}.</source>
        <translation>模型 {0} 画的图片不能作为 {1} 中过渡的一站。</translation>
    </message>
    <message>
        <source>A slider needs pictures on both sides, and none {0}.</source>
        <translation>滑块两边都需要图片，但没有图片{0}。</translation>
    </message>
    <message>
        <source>A tensor of {0} cannot be one of {1}.</source>
        <translation>{0} 的张量不能是 {1} 中的一个。</translation>
    </message>
    <message>
        <source>A walk needs at least two pictures.</source>
        <translation>过渡至少需要两张图片。</translation>
    </message>
    <message>
        <source>An ONNX graph holds graphs within graphs within graphs.</source>
        <translation>ONNX 图里层层嵌套着图。</translation>
    </message>
    <message>
        <source>An ONNX graph holds sparse tensors, which are not read.</source>
        <translation>ONNX 图里有稀疏张量，无法读取。</translation>
    </message>
    <message>
        <source>An ONNX graph makes random numbers by {0}, which is not read.</source>
        <translation>ONNX 图用 {0} 产生随机数，无法读取。</translation>
    </message>
    <message>
        <source>Another lesson, {0}, is going on; this one begins when it ends.</source>
        <translation>另一项学习“{0}”正在进行；它结束后这一项才开始。</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple 显卡</translation>
    </message>
    <message>
        <source>Apple GPU (Core ML)</source>
        <translation>Apple 显卡（Core ML）</translation>
    </message>
    <message>
        <source>AutoencoderKL ({0} channels)</source>
        <translation>AutoencoderKL（{0} 个通道）</translation>
    </message>
    <message>
        <source>Axis {0}</source>
        <translation>轴 {0}</translation>
    </message>
    <message>
        <source>Burgess beta-VAE ({0} pixels, {1})</source>
        <translation>Burgess beta-VAE（{0} 像素，{1}）</translation>
    </message>
    <message>
        <source>CPU, {0} thread</source>
        <translation>CPU，{0} 个线程</translation>
    </message>
    <message>
        <source>CPU, {0} threads</source>
        <translation>CPU，{0} 个线程</translation>
    </message>
    <message>
        <source>Cartoon faces</source>
        <translation>卡通人脸</translation>
    </message>
    <message>
        <source>Cleans scans with the noise of the folder {0}.</source>
        <translation>清理带有文件夹 {0} 中那种噪点的扫描件。</translation>
    </message>
    <message>
        <source>Component {0}</source>
        <translation>成分 {0}</translation>
    </message>
    <message>
        <source>Converting weights needs PyTorch, which this edition of Latent Darkroom comes without; models that the full edition exported (.darkroom) can be imported here.</source>
        <translation>转换权重需要 PyTorch，这个版本的 Latent Darkroom 没有带；完整版导出的模型（.darkroom）可以在这里导入。</translation>
    </message>
    <message>
        <source>Draws apples, cherries and tomatoes on white.</source>
        <translation>在白底上画苹果、樱桃和番茄。</translation>
    </message>
    <message>
        <source>Draws cartoon portraits: change skin, hair, glasses and more.</source>
        <translation>画卡通肖像：可以改变肤色、头发、眼镜等。</translation>
    </message>
    <message>
        <source>Draws handwritten digits.</source>
        <translation>画手写数字。</translation>
    </message>
    <message>
        <source>Draws pictures like those of the folder {0}.</source>
        <translation>画出像文件夹 {0} 中那样的图片。</translation>
    </message>
    <message>
        <source>Encoder and decoder do not agree about the colours of their pictures.</source>
        <translation>编码器和解码器对图片的颜色说法不一。</translation>
    </message>
    <message>
        <source>Fine-tuned from {0}: {1} of {2} steps, {3} minutes</source>
        <translation>由 {0} 微调而来：{2} 步中的 {1} 步，{3} 分钟</translation>
    </message>
    <message>
        <source>Fruit</source>
        <translation>水果</translation>
    </message>
    <message>
        <source>Fruits-360 3-body-problem, CC BY-SA 4.0, (c) Mihai Oltean</source>
        <translation>Fruits-360 3-body-problem，CC BY-SA 4.0，(c) Mihai Oltean</translation>
    </message>
    <message>
        <source>Handwritten digits</source>
        <translation>手写数字</translation>
    </message>
    <message>
        <source>Held-out photos</source>
        <translation>留作检验的照片</translation>
    </message>
    <message>
        <source>Held-out photos made old</source>
        <translation>做旧的检验照片</translation>
    </message>
    <message>
        <source>Held-out photos with noise (sigma 25)</source>
        <translation>带噪点的检验照片（sigma 25）</translation>
    </message>
    <message>
        <source>Held-out pictures redrawn</source>
        <translation>重新画出的检验图</translation>
    </message>
    <message>
        <source>Held-out scans, estimated from noisy copies of them</source>
        <translation>检验扫描件，由其加噪副本估计</translation>
    </message>
    <message>
        <source>How badly it redraws</source>
        <translation>重绘有多差</translation>
    </message>
    <message>
        <source>How untidy its latent is</source>
        <translation>潜变量有多杂乱</translation>
    </message>
    <message>
        <source>Install the newest NVIDIA driver from nvidia.com and start the program again.</source>
        <translation>请从 nvidia.com 安装最新的 NVIDIA 驱动，然后重新启动程序。</translation>
    </message>
    <message>
        <source>It cannot be done: {0}.</source>
        <translation>无法完成：{0}。</translation>
    </message>
    <message>
        <source>It gets no better than the base model ({0} dB): the base may know such pictures already.</source>
        <translation>它没有比基础模型更好（{0} dB）：基础模型可能已经认识这类图片。</translation>
    </message>
    <message>
        <source>It hardly gets better any more: you can stop here.</source>
        <translation>它几乎不再进步：可以在这里停下。</translation>
    </message>
    <message>
        <source>It learns your pictures by heart: it redraws those with {0} dB and others with {1} dB, and these get worse. Stop here, or add pictures.</source>
        <translation>它在死记你的图片：重绘这些得 {0} dB，重绘其他的得 {1} dB，而且后者在变差。请停在这里，或增加图片。</translation>
    </message>
    <message>
        <source>Its pictures have {0} channels, not three colours.</source>
        <translation>它的图片有 {0} 个通道，而不是三种颜色。</translation>
    </message>
    <message>
        <source>Judging the base model</source>
        <translation>正在评估基础模型</translation>
    </message>
    <message>
        <source>Learning its sliders</source>
        <translation>正在学习它的滑块</translation>
    </message>
    <message>
        <source>Learning needs PyTorch, which this edition of Latent Darkroom comes without; the full edition has it.</source>
        <translation>学习需要 PyTorch，这个版本的 Latent Darkroom 没有带；完整版里有。</translation>
    </message>
    <message>
        <source>Learning where its latents lie</source>
        <translation>正在学习潜变量的分布</translation>
    </message>
    <message>
        <source>Looking at the pictures</source>
        <translation>正在查看图片</translation>
    </message>
    <message>
        <source>Looking for copies among its pictures</source>
        <translation>正在检查画出的图片里有没有照搬</translation>
    </message>
    <message>
        <source>MNIST test part, CC BY-SA 3.0, LeCun and Cortes</source>
        <translation>MNIST 测试部分，CC BY-SA 3.0，LeCun 和 Cortes</translation>
    </message>
    <message>
        <source>MP4 needs PyAV, which is not installed (pip install av); GIF and WebP need nothing</source>
        <translation>MP4 需要 PyAV，但没有安装（pip install av）；GIF 和 WebP 不需要别的东西</translation>
    </message>
    <message>
        <source>Memory is short: {0} GB are free; close other programs, or it will be slow.</source>
        <translation>内存紧张：可用 {0} GB；请关闭其他程序，否则会很慢。</translation>
    </message>
    <message>
        <source>Model {0} came with the program and keeps its name.</source>
        <translation>模型 {0} 是程序自带的，不能改名。</translation>
    </message>
    <message>
        <source>Model {0} came with the program and stays.</source>
        <translation>模型 {0} 是程序自带的，不能移除。</translation>
    </message>
    <message>
        <source>Model {0} cannot be removed: {1}.</source>
        <translation>模型 {0} 无法移除：{1}。</translation>
    </message>
    <message>
        <source>Model {0} cannot be renamed: {1}.</source>
        <translation>模型 {0} 无法改名：{1}。</translation>
    </message>
    <message>
        <source>Model {0} cannot be used: {1}: {2}</source>
        <translation>模型 {0} 无法使用：{1}：{2}</translation>
    </message>
    <message>
        <source>Model {0} cannot clean photos.</source>
        <translation>模型 {0} 不能清理照片。</translation>
    </message>
    <message>
        <source>Model {0} cannot draw pictures from a latent, so it makes no variants.</source>
        <translation>模型 {0} 不能从潜变量画出图片，因此做不出不同版本。</translation>
    </message>
    <message>
        <source>Model {0} cannot find the latent of a picture, so it cannot explore a folder.</source>
        <translation>模型 {0} 找不到图片的潜变量，因此不能探索文件夹。</translation>
    </message>
    <message>
        <source>Model {0} cannot learn to {1} (installed models that can: {2}).</source>
        <translation>模型 {0} 不能学习“{1}”（已安装的能学习的模型：{2}）。</translation>
    </message>
    <message>
        <source>Model {0} cannot morph photos.</source>
        <translation>模型 {0} 不能让照片渐变。</translation>
    </message>
    <message>
        <source>Model {0} cannot restore photos.</source>
        <translation>模型 {0} 不能修复照片。</translation>
    </message>
    <message>
        <source>Model {0} has no latent that lies over the picture.</source>
        <translation>模型 {0} 没有铺在图片上的潜变量。</translation>
    </message>
    <message>
        <source>Model {0} has no prior to draw pictures from.</source>
        <translation>模型 {0} 没有先验，不能凭空画图片。</translation>
    </message>
    <message>
        <source>Model {0} has no slider “{1}”.</source>
        <translation>模型 {0} 没有滑块“{1}”。</translation>
    </message>
    <message>
        <source>Model {0} has nothing to draw between pictures with.</source>
        <translation>模型 {0} 画不出图片之间的样子。</translation>
    </message>
    <message>
        <source>Model {0} has weights in an order of its own and cannot be fine-tuned.</source>
        <translation>模型 {0} 的权重顺序特殊，不能微调。</translation>
    </message>
    <message>
        <source>Model {0} is damaged: {1} is not the file it was made with.</source>
        <translation>模型 {0} 已损坏：{1} 不是制作时的那个文件。</translation>
    </message>
    <message>
        <source>Model {0} is incomplete: {1} is missing.</source>
        <translation>模型 {0} 不完整：缺少 {1}。</translation>
    </message>
    <message>
        <source>Model {0} is not made like {1}: {2} differs.</source>
        <translation>模型 {0} 的结构与 {1} 不同：{2} 不一样。</translation>
    </message>
    <message>
        <source>Model {0} needs a name.</source>
        <translation>模型 {0} 需要一个名字。</translation>
    </message>
    <message>
        <source>NVIDIA GPU (CUDA)</source>
        <translation>NVIDIA 显卡（CUDA）</translation>
    </message>
    <message>
        <source>New pictures that are nearly one of yours (by chance: {0} %)</source>
        <translation>几乎就是你的某张图片的新图片（偶然情况下：{0} %）</translation>
    </message>
    <message>
        <source>No picture is tagged yet: tag a few, and the rest gets suggestions.</source>
        <translation>还没有图片带标签：先给几张加上标签，其余的就会得到建议。</translation>
    </message>
    <message>
        <source>No training pictures at {0}.</source>
        <translation>{0} 处没有训练图片。</translation>
    </message>
    <message>
        <source>None of the {0} pictures in {1} can be read: {2}: {3}.</source>
        <translation>{1} 中的 {0} 张图片都无法读取：{2}：{3}。</translation>
    </message>
    <message>
        <source>ONNX pair</source>
        <translation>一对 ONNX 文件</translation>
    </message>
    <message>
        <source>On {0} pictures it has not learnt from: from {1} to {2} dB.</source>
        <translation>对它没有学过的 {0} 张图片：从 {1} 到 {2} dB。</translation>
    </message>
    <message>
        <source>One file cannot be read as a picture.</source>
        <translation>有一个文件无法作为图片读取。</translation>
    </message>
    <message>
        <source>Patterns that stand for all other photos</source>
        <translation>代表其他所有照片的图样</translation>
    </message>
    <message>
        <source>Photo restore</source>
        <translation>照片修复</translation>
    </message>
    <message>
        <source>Pictures above 512 x 512 pixels run in tiles that differ a little from the whole.</source>
        <translation>超过 512 × 512 像素的图片分块处理，与整体处理略有差别。</translation>
    </message>
    <message>
        <source>Pictures it learnt from redrawn</source>
        <translation>重新画出的学过的图片</translation>
    </message>
    <message>
        <source>Queries, keys and values differ in their channels.</source>
        <translation>查询、键和值的通道数不同。</translation>
    </message>
    <message>
        <source>Reading the pictures</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>Removes noise, grain, blur, JPEG artefacts, scratches, dirt and fading from photos.</source>
        <translation>去除照片上的噪点、颗粒、模糊、JPEG 痕迹、划痕、污渍和褪色。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({0}).</source>
        <translation>出现了意外问题（{0}）。</translation>
    </message>
    <message>
        <source>TAESD ({0} channels)</source>
        <translation>TAESD（{0} 个通道）</translation>
    </message>
    <message>
        <source>TAESD ({0} channels, normalised)</source>
        <translation>TAESD（{0} 个通道，已归一化）</translation>
    </message>
    <message>
        <source>The GPU is gone; it goes on on the CPU from the last saved state.</source>
        <translation>显卡不见了；改用 CPU，从上次保存的状态继续。</translation>
    </message>
    <message>
        <source>The card of model {0} cannot be read: {1}.</source>
        <translation>模型 {0} 的说明卡无法读取：{1}。</translation>
    </message>
    <message>
        <source>The card of model {0} names a file outside its folder: {1}.</source>
        <translation>模型 {0} 的说明卡指向了文件夹之外的文件：{1}。</translation>
    </message>
    <message>
        <source>The computer runs on its battery ({0} left): plug it in.</source>
        <translation>电脑正在使用电池（剩余 {0}）：请接上电源。</translation>
    </message>
    <message>
        <source>The directions of model {0} cannot be read: {1}.</source>
        <translation>模型 {0} 的方向无法读取：{1}。</translation>
    </message>
    <message>
        <source>The disk is too full: {0} MB are needed and {1} MB are free.</source>
        <translation>磁盘太满：需要 {0} MB，可用 {1} MB。</translation>
    </message>
    <message>
        <source>The encoder&apos;s head does not give means and variances.</source>
        <translation>编码器的输出不是均值和方差。</translation>
    </message>
    <message>
        <source>The engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>The last state was damaged; the one before it, at most two minutes older, serves.</source>
        <translation>上次的状态已损坏；改用再前一次的，最多早两分钟。</translation>
    </message>
    <message>
        <source>The lesson {0} is already going on.</source>
        <translation>学习“{0}”已经在进行。</translation>
    </message>
    <message>
        <source>The map by neighbours needs the library openTSNE; the one by components is there.</source>
        <translation>按相邻关系的地图需要 openTSNE 库；按主要方向的地图已经有了。</translation>
    </message>
    <message>
        <source>The map cannot be kept: {0} ({1}).</source>
        <translation>地图无法保存：{0}（{1}）。</translation>
    </message>
    <message>
        <source>The map cannot be read: {0}.</source>
        <translation>地图无法读取：{0}。</translation>
    </message>
    <message>
        <source>The map is damaged or of another version of this program.</source>
        <translation>地图已损坏，或属于本程序的其他版本。</translation>
    </message>
    <message>
        <source>The map of {0} is damaged: what it points to was cut short.</source>
        <translation>{0} 的地图已损坏：它指向的内容被截断了。</translation>
    </message>
    <message>
        <source>The map of {0} is of another version of this program.</source>
        <translation>{0} 的地图属于本程序的其他版本。</translation>
    </message>
    <message>
        <source>The memory is short; it goes on with {0} pictures at a time.</source>
        <translation>内存紧张；改为一次处理 {0} 张图片继续。</translation>
    </message>
    <message>
        <source>The numbers got out of hand; what was best before is kept.</source>
        <translation>数值失控了；之前最好的结果已保留。</translation>
    </message>
    <message>
        <source>The plan of lesson {0} cannot be read: {1}.</source>
        <translation>学习“{0}”的计划无法读取：{1}。</translation>
    </message>
    <message>
        <source>The shapes are mixed: to draw, each picture is put on a square.</source>
        <translation>图片形状不一：绘制时每张图片会放在正方形上。</translation>
    </message>
    <message>
        <source>The state cannot be saved ({0}); it goes on and tries again.</source>
        <translation>状态无法保存（{0}）；学习继续，稍后再试。</translation>
    </message>
    <message>
        <source>The tags of {0} cannot be kept: {1}.</source>
        <translation>{0} 的标签无法保存：{1}。</translation>
    </message>
    <message>
        <source>The tags of {0} cannot be read: the file is damaged ({1}).</source>
        <translation>{0} 的标签无法读取：文件已损坏（{1}）。</translation>
    </message>
    <message>
        <source>The tags of {0} cannot be read: {1} ({2}).</source>
        <translation>{0} 的标签无法读取：{1}（{2}）。</translation>
    </message>
    <message>
        <source>The tensor {0}.bias has the shape {1}, which makes no sense there.</source>
        <translation>张量 {0}.bias 的形状是 {1}，在那里没有意义。</translation>
    </message>
    <message>
        <source>The tensor {0}.weight has the shape {1}, which makes no sense there.</source>
        <translation>张量 {0}.weight 的形状是 {1}，在那里没有意义。</translation>
    </message>
    <message>
        <source>The tensor {0}.weight is missing.</source>
        <translation>缺少张量 {0}.weight。</translation>
    </message>
    <message>
        <source>The {0} sub-folders become labels, and labels become sliders.</source>
        <translation>{0} 个子文件夹会成为标签，标签会成为滑块。</translation>
    </message>
    <message>
        <source>There are more layers than any autoencoder of the TAESD family has.</source>
        <translation>层数超过了 TAESD 系列的任何自编码器。</translation>
    </message>
    <message>
        <source>There are no pictures in {0}.</source>
        <translation>{0} 里没有图片。</translation>
    </message>
    <message>
        <source>There is an encoder of the TAESD family and no decoder, or the other way round.</source>
        <translation>只有 TAESD 系列的编码器而没有解码器，或者相反。</translation>
    </message>
    <message>
        <source>There is no device {0} here; there is {1}.</source>
        <translation>这里没有设备 {0}；有的是 {1}。</translation>
    </message>
    <message>
        <source>There is no lesson called {0} to go on with.</source>
        <translation>没有名为“{0}”的学习可以继续。</translation>
    </message>
    <message>
        <source>There is no map of {0} by model {1} yet.</source>
        <translation>还没有 {0} 由模型 {1} 画的地图。</translation>
    </message>
    <message>
        <source>There is no model {0} (installed: {1}).</source>
        <translation>没有模型 {0}（已安装：{1}）。</translation>
    </message>
    <message>
        <source>There is no room on the disk for the {0} MB of {1}.</source>
        <translation>磁盘放不下 {1} 的 {0} MB。</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>内存不够做这件事。</translation>
    </message>
    <message>
        <source>There is not enough memory on {0}.</source>
        <translation>{0} 上的内存不够。</translation>
    </message>
    <message>
        <source>There is not enough memory, not even for a small part of the picture.</source>
        <translation>内存不够，连图片的一小部分也处理不了。</translation>
    </message>
    <message>
        <source>There is too little memory to learn, even with two pictures at a time; close other programs. What was learnt is kept: go on later.</source>
        <translation>内存太少，一次两张图片也学不了；请关闭其他程序。学到的内容已保留：以后可以继续。</translation>
    </message>
    <message>
        <source>This picture was not made by model {0} as it is now.</source>
        <translation>这张图片不是由现在的模型 {0} 画的。</translation>
    </message>
    <message>
        <source>To clean noisy scans like these</source>
        <translation>要清理这样的噪点扫描件</translation>
    </message>
    <message>
        <source>To draw pictures like these</source>
        <translation>要画出这样的图片</translation>
    </message>
    <message>
        <source>To restore photos like these</source>
        <translation>要修复这样的照片</translation>
    </message>
    <message>
        <source>Trying the speed</source>
        <translation>正在测试速度</translation>
    </message>
    <message>
        <source>Update Windows and the driver of the graphics card and start the program again.</source>
        <translation>请更新 Windows 和显卡驱动，然后重新启动程序。</translation>
    </message>
    <message>
        <source>Update macOS and start the program again.</source>
        <translation>请更新 macOS，然后重新启动程序。</translation>
    </message>
    <message>
        <source>VAE: 4196 steps, 18 minutes; its decoder against a critic: 1650 steps, 17 minutes, 1 of it; flow: 6374 steps, 9 minutes</source>
        <translation>VAE：4196 步，18 分钟；解码器与评判者对抗：1650 步，17 分钟，采用 1；流模型：6374 步，9 分钟</translation>
    </message>
    <message>
        <source>VAE: 4236 steps, 32 minutes; its decoder against a critic: 2157 steps, 24 minutes, 1 of it; flow: 7639 steps, 9 minutes</source>
        <translation>VAE：4236 步，32 分钟；解码器与评判者对抗：2157 步，24 分钟，采用 1；流模型：7639 步，9 分钟</translation>
    </message>
    <message>
        <source>VAE: 6542 steps, 77 minutes; its decoder against a critic: 1826 steps, 30 minutes, 0.5 of it; flow: 5584 steps, 12 minutes; sliders mended by what the decoder draws: reader 874 steps, 8 minutes, directions 2231 steps, 10 minutes</source>
        <translation>VAE：6542 步，77 分钟；解码器与评判者对抗：1826 步，30 分钟，采用 0.5；流模型：5584 步，12 分钟；滑块按解码器画出的图修正：读取器 874 步，8 分钟，方向 2231 步，10 分钟</translation>
    </message>
    <message>
        <source>Weighing what was learnt against what was known</source>
        <translation>正在权衡新学的和原来会的</translation>
    </message>
    <message>
        <source>What another version of this program saw in these pictures is looked at again.</source>
        <translation>本程序的其他版本看过的这些图片会重新查看。</translation>
    </message>
    <message>
        <source>What lay on the device is lost with it.</source>
        <translation>设备上的内容随之丢失。</translation>
    </message>
    <message>
        <source>a GIMP picture</source>
        <translation>GIMP 图片</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>JPEG XL 图片</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>a Photoshop document</source>
        <translation>Photoshop 文档</translation>
    </message>
    <message>
        <source>a ZIP archive or an office document</source>
        <translation>ZIP 压缩包或办公文档</translation>
    </message>
    <message>
        <source>a contact sheet is saved as .png, not as {0}</source>
        <translation>图版保存为 .png，不能是 {0}</translation>
    </message>
    <message>
        <source>a packed archive</source>
        <translation>压缩包</translation>
    </message>
    <message>
        <source>a raw camera file</source>
        <translation>相机原始文件</translation>
    </message>
    <message>
        <source>a text or profile in it unpacks to more than is safe to read</source>
        <translation>其中的文本或配置展开后过大，读取不安全</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>a {0} has at most {1} pixels a side, save it as PNG or TIFF</source>
        <translation>{0} 每边最多 {1} 像素，请保存为 PNG 或 TIFF</translation>
    </message>
    <message>
        <source>about {0} minutes</source>
        <translation>大约 {0} 分钟</translation>
    </message>
    <message>
        <source>already exists</source>
        <translation>已经存在</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>SVG 图形</translation>
    </message>
    <message>
        <source>an XML text</source>
        <translation>XML 文本</translation>
    </message>
    <message>
        <source>an decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>animations are saved as {0} or as a folder, not as {1}</source>
        <translation>动画保存为 {0} 或文件夹，不能是 {1}</translation>
    </message>
    <message>
        <source>background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>but the {0} that are left out</source>
        <translation>（已排除的 {0} 张除外）</translation>
    </message>
    <message>
        <source>change one thing about a picture</source>
        <translation>改变图片的某一点</translation>
    </message>
    <message>
        <source>clean a photo by its round trip through the latent</source>
        <translation>让照片在潜空间走一个来回来清理</translation>
    </message>
    <message>
        <source>config.json says {0} is {1}, which makes no sense.</source>
        <translation>config.json 里 {0} 是 {1}，没有意义。</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>digit: {0}</source>
        <translation>数字：{0}</translation>
    </message>
    <message>
        <source>draw a picture from a latent</source>
        <translation>由潜变量画出图片</translation>
    </message>
    <message>
        <source>draw random pictures</source>
        <translation>画随机图片</translation>
    </message>
    <message>
        <source>ear size</source>
        <translation>耳朵大小</translation>
    </message>
    <message>
        <source>eye angle</source>
        <translation>眼睛角度</translation>
    </message>
    <message>
        <source>eyebrow angle</source>
        <translation>眉毛角度</translation>
    </message>
    <message>
        <source>face width</source>
        <translation>脸宽</translation>
    </message>
    <message>
        <source>facial hair</source>
        <translation>胡须</translation>
    </message>
    <message>
        <source>As it is, {0} draws your pictures again with {1} dB, {2} with {3} dB.</source>
        <translation>目前，{0} 重绘你的图片得 {1} dB，{2} 得 {3} dB。</translation>
    </message>
    <message>
        <source>A preset needs a name of 1 to 60 letters.</source>
        <translation>预设需要一个 1 到 60 个字的名字。</translation>
    </message>
    <message>
        <source>As it is, {0} draws your pictures again with {1} dB.</source>
        <translation>目前，{0} 重绘你的图片得 {1} dB。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Imported from {0}.</source>
        <translation>从 {0} 导入。</translation>
    </message>
    <message>
        <source>It did not get better than {0} on {1} held-out pictures ({2} dB), so there is nothing to keep.</source>
        <translation>在 {1} 张检验图上，它没有超过 {0}（{2} dB），因此没有可保留的。</translation>
    </message>
    <message>
        <source>Model {0} draws no variants.</source>
        <translation>模型 {0} 不能生成其他版本。</translation>
    </message>
    <message>
        <source>Night shot, noisy</source>
        <translation>夜景，多噪点</translation>
    </message>
    <message>
        <source>Nothing is on one picture; it is left out.</source>
        <translation>有一张图片是空白的，已排除。</translation>
    </message>
    <message>
        <source>Old scan</source>
        <translation>旧扫描件</translation>
    </message>
    <message>
        <source>One picture is a copy of another; it is used once.</source>
        <translation>有一张图片与另一张重复，只用一次。</translation>
    </message>
    <message>
        <source>One picture is smaller than {0} pixels and will stay blurred.</source>
        <translation>有一张图片小于 {0} 像素，会一直模糊。</translation>
    </message>
    <message>
        <source>One picture looks unlike the others: leave out what does not belong.</source>
        <translation>有一张图片看起来与其他不同：不属于这里的请排除。</translation>
    </message>
    <message>
        <source>Photo restore, fast</source>
        <translation>照片修复（快速版）</translation>
    </message>
    <message>
        <source>Restores photos in 8-bit integers: in half the time where the processor has instructions for them (AVX-512 VNNI, AVX-VNNI, Arm&apos;s dot products), and nearly as well.</source>
        <translation>用 8 位整数修复照片：处理器有相应指令（AVX-512 VNNI、AVX-VNNI、Arm 点积）时用时减半，效果几乎一样好。</translation>
    </message>
    <message>
        <source>SD 1.x, 2.x</source>
        <translation>SD 1.x、2.x</translation>
    </message>
    <message>
        <source>SD 3</source>
        <translation>SD 3</translation>
    </message>
    <message>
        <source>The latent is unused: only {0} of its {1} numbers tell pictures apart, so sliders will do nothing.</source>
        <translation>潜变量没有派上用场：{1} 个数中只有 {0} 个能区分图片，滑块不会起作用。</translation>
    </message>
    <message>
        <source>The list of presets could not be read. It is kept as “{0}”.</source>
        <translation>预设列表无法读取，已另存为“{0}”。</translation>
    </message>
    <message>
        <source>The list of presets could not be read: {0}.</source>
        <translation>预设列表无法读取：{0}。</translation>
    </message>
    <message>
        <source>The presets cannot be read: {0}.</source>
        <translation>预设无法读取：{0}。</translation>
    </message>
    <message>
        <source>The presets could not be written: {0}.</source>
        <translation>预设无法写入：{0}。</translation>
    </message>
    <message>
        <source>There is no preset “{0}” (there are {1}).</source>
        <translation>没有预设“{0}”（现有 {1}）。</translation>
    </message>
    <message>
        <source>Web JPEG</source>
        <translation>网页 JPEG</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture</source>
        <translation>JPEG 2000 图片</translation>
    </message>
    <message>
        <source>add likely detail</source>
        <translation>补上可能的细节</translation>
    </message>
    <message>
        <source>film damage masks of FilmDamageSimulator (MIT)</source>
        <translation>FilmDamageSimulator 的胶片损伤蒙版（MIT）</translation>
    </message>
    <message>
        <source>find the latent of a picture</source>
        <translation>求图片的潜变量</translation>
    </message>
    <message>
        <source>glasses</source>
        <translation>眼镜</translation>
    </message>
    <message>
        <source>hair color</source>
        <translation>发色</translation>
    </message>
    <message>
        <source>has another tag than {0} or was refused it</source>
        <translation>带有“{0}”以外的标签或被拒绝加上它</translation>
    </message>
    <message>
        <source>has the tag {0}</source>
        <translation>带有标签“{0}”</translation>
    </message>
    <message>
        <source>is a folder</source>
        <translation>是文件夹</translation>
    </message>
    <message>
        <source>it already exists</source>
        <translation>它已经存在</translation>
    </message>
    <message>
        <source>it already exists and has files in it</source>
        <translation>它已经存在，里面还有文件</translation>
    </message>
    <message>
        <source>it already exists.</source>
        <translation>它已经存在。</translation>
    </message>
    <message>
        <source>it already exists; --overwrite replaces it.</source>
        <translation>它已经存在；--overwrite 可以替换它。</translation>
    </message>
    <message>
        <source>it cannot be read ({0})</source>
        <translation>它无法读取（{0}）</translation>
    </message>
    <message>
        <source>it cannot be written ({0})</source>
        <translation>它无法写入（{0}）</translation>
    </message>
    <message>
        <source>it claims to have more than {0} megapixels, too many to read</source>
        <translation>它声称超过 {0} 百万像素，太大了，无法读取</translation>
    </message>
    <message>
        <source>it claims {0} x {1} pixels; {2} megapixels are the most that is read</source>
        <translation>它声称有 {0} × {1} 像素；最多读取 {2} 百万像素</translation>
    </message>
    <message>
        <source>it does not run</source>
        <translation>它无法运行</translation>
    </message>
    <message>
        <source>it failed in the middle of a job: {0}</source>
        <translation>它在任务中途失败：{0}</translation>
    </message>
    <message>
        <source>it fails: {0}</source>
        <translation>它失败了：{0}</translation>
    </message>
    <message>
        <source>it gave wrong numbers in a test</source>
        <translation>它在测试中给出了错误的数值</translation>
    </message>
    <message>
        <source>it grows beyond the 4 GB a TIFF can have</source>
        <translation>它超过了 TIFF 的 4 GB 上限</translation>
    </message>
    <message>
        <source>it grows too large for this disk</source>
        <translation>它超过了这个磁盘允许的大小</translation>
    </message>
    <message>
        <source>it has no pixels</source>
        <translation>它没有像素</translation>
    </message>
    <message>
        <source>it holds code ({0}), which is never run here</source>
        <translation>它含有代码（{0}），这里绝不会运行</translation>
    </message>
    <message>
        <source>it holds weights of a kind that is not known here (its first tensors are {0}); autoencoders of Stable Diffusion, SDXL, SD 3 and Flux.1, the TAESD family, Burgess beta-VAEs and ONNX pairs are.</source>
        <translation>其中的权重属于这里不认识的种类（最前面的张量是 {0}）；认识的有 Stable Diffusion、SDXL、SD 3 和 Flux.1 的自编码器、TAESD 系列、Burgess beta-VAE 以及成对的 ONNX 文件。</translation>
    </message>
    <message>
        <source>it is a ZIP, and there are no weights in it</source>
        <translation>它是 ZIP，里面没有权重</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>it is a raw camera file</source>
        <translation>它是相机原始文件</translation>
    </message>
    <message>
        <source>it is cut off</source>
        <translation>它被截断了</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>它已损坏</translation>
    </message>
    <message>
        <source>it is damaged (HEIF)</source>
        <translation>它已损坏（HEIF）</translation>
    </message>
    <message>
        <source>it is damaged ({0})</source>
        <translation>它已损坏（{0}）</translation>
    </message>
    <message>
        <source>it is damaged, its storages have no names</source>
        <translation>它已损坏，其中的存储没有名字</translation>
    </message>
    <message>
        <source>it is damaged, or a kind of {0} that is not read</source>
        <translation>它已损坏，或是一种无法读取的 {0}</translation>
    </message>
    <message>
        <source>it is damaged, parts of the picture are missing</source>
        <translation>它已损坏，图片缺了一部分</translation>
    </message>
    <message>
        <source>it is damaged, some of its numbers are missing</source>
        <translation>它已损坏，缺了一些数值</translation>
    </message>
    <message>
        <source>it is no file of weights</source>
        <translation>它不是权重文件</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>它不是文件</translation>
    </message>
    <message>
        <source>it is not there (any more)</source>
        <translation>它已经不在了</translation>
    </message>
    <message>
        <source>it is written in a way that is not read ({0})</source>
        <translation>它的写法无法读取（{0}）</translation>
    </message>
    <message>
        <source>it is {0}</source>
        <translation>它是{0}</translation>
    </message>
    <message>
        <source>it passed a test against the CPU</source>
        <translation>它通过了与 CPU 对照的测试</translation>
    </message>
    <message>
        <source>it takes too long</source>
        <translation>用时太长</translation>
    </message>
    <message>
        <source>its IPTC is too large for a JPEG, save it as TIFF</source>
        <translation>它的 IPTC 信息太大，放不进 JPEG，请保存为 TIFF</translation>
    </message>
    <message>
        <source>its folder does not exist</source>
        <translation>它的文件夹不存在</translation>
    </message>
    <message>
        <source>its links lead in a circle</source>
        <translation>它的链接绕成了圈</translation>
    </message>
    <message>
        <source>its numbers are in an order of bytes that is not read</source>
        <translation>它的数值的字节顺序无法读取</translation>
    </message>
    <message>
        <source>its numbers are of a type that is not read</source>
        <translation>它的数值类型无法读取</translation>
    </message>
    <message>
        <source>its samples have 32 bits; 8 and 16 are read</source>
        <translation>它的样本是 32 位；只能读取 8 位和 16 位</translation>
    </message>
    <message>
        <source>its table of contents is too long</source>
        <translation>它的目录太长</translation>
    </message>
    <message>
        <source>its {0} is too large for a JPEG, save it as PNG or TIFF</source>
        <translation>它的 {0} 太大，放不进 JPEG，请保存为 PNG 或 TIFF</translation>
    </message>
    <message>
        <source>ladder: 43786 steps, 315 minutes; scratches: 95950 steps, 266 minutes; damage: 16000 steps, 1 minute; tone: 1438 steps, 8 minutes; detail: 4263 steps, 33 minutes; on two CPU cores</source>
        <translation>阶梯网络：43786 步，315 分钟；划痕：95950 步，266 分钟；损伤：16000 步，1 分钟；色调：1438 步，8 分钟；细节：4263 步，33 分钟；在两个 CPU 核心上</translation>
    </message>
    <message>
        <source>landscape, city and nature photos (CC0, Unsplash/Pexels, CC BY(-SA) or GPL, each with its source noted)</source>
        <translation>风景、城市和自然照片（CC0、Unsplash/Pexels、CC BY(-SA) 或 GPL，各自注明来源）</translation>
    </message>
    <message>
        <source>learn your pictures</source>
        <translation>学习你的图片</translation>
    </message>
    <message>
        <source>learning the noise</source>
        <translation>正在学习噪点</translation>
    </message>
    <message>
        <source>learning to draw</source>
        <translation>正在学习绘制</translation>
    </message>
    <message>
        <source>learning to restore</source>
        <translation>正在学习修复</translation>
    </message>
    <message>
        <source>no GPU that can learn was found</source>
        <translation>没有找到能用来学习的显卡</translation>
    </message>
    <message>
        <source>no NVIDIA driver is installed</source>
        <translation>没有安装 NVIDIA 驱动</translation>
    </message>
    <message>
        <source>no permission to read it</source>
        <translation>没有读取权限</translation>
    </message>
    <message>
        <source>no permission to write here</source>
        <translation>没有在这里写入的权限</translation>
    </message>
    <message>
        <source>no photo of a kind this app reads</source>
        <translation>不是本程序能读取的照片</translation>
    </message>
    <message>
        <source>nose size</source>
        <translation>鼻子大小</translation>
    </message>
    <message>
        <source>not stated by its source</source>
        <translation>来源未注明</translation>
    </message>
    <message>
        <source>offer variants of a result</source>
        <translation>提供结果的不同版本</translation>
    </message>
    <message>
        <source>older than 1.27</source>
        <translation>早于 1.27</translation>
    </message>
    <message>
        <source>one of its tensors claims more numbers than there are</source>
        <translation>其中一个张量声称的数值比实际的多</translation>
    </message>
    <message>
        <source>one of its tensors makes no sense</source>
        <translation>其中一个张量没有意义</translation>
    </message>
    <message>
        <source>photos are saved as {0}, not as {1}</source>
        <translation>照片保存为 {0}，不能是 {1}</translation>
    </message>
    <message>
        <source>portraits published by CivilServiceUSA us-house and us-senate (MIT; official portraits)</source>
        <translation>CivilServiceUSA us-house 和 us-senate 发布的肖像（MIT；官方肖像）</translation>
    </message>
    <message>
        <source>restore photos</source>
        <translation>修复照片</translation>
    </message>
    <message>
        <source>roundness</source>
        <translation>圆润度</translation>
    </message>
    <message>
        <source>saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>say how unsure it is</source>
        <translation>说出有多拿不准</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>skin</source>
        <translation>肤色</translation>
    </message>
    <message>
        <source>some of its numbers are missing</source>
        <translation>缺了一些数值</translation>
    </message>
    <message>
        <source>the GPU failed: {0}</source>
        <translation>显卡失败：{0}</translation>
    </message>
    <message>
        <source>the GPU gave wrong numbers in a test</source>
        <translation>显卡在测试中给出了错误的数值</translation>
    </message>
    <message>
        <source>the GPU is gone</source>
        <translation>显卡不见了</translation>
    </message>
    <message>
        <source>the disk can only be read</source>
        <translation>磁盘只能读取</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>the disk quota is used up</source>
        <translation>磁盘配额已用完</translation>
    </message>
    <message>
        <source>the file is cut off, its end is missing</source>
        <translation>文件被截断，缺少结尾</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>the result is {0} {1}, the photo {2}</source>
        <translation>结果是 {0} {1}，照片是 {2}</translation>
    </message>
    <message>
        <source>the runtime crashed over it</source>
        <translation>运行库因它崩溃了</translation>
    </message>
    <message>
        <source>the runtime fell back to the CPU</source>
        <translation>运行库退回到了 CPU</translation>
    </message>
    <message>
        <source>the settings stored in it cannot be used ({0}).</source>
        <translation>其中存储的设置无法使用（{0}）。</translation>
    </message>
    <message>
        <source>there are no frames to save</source>
        <translation>没有可保存的帧</translation>
    </message>
    <message>
        <source>there are no plain tensors in it</source>
        <translation>里面没有普通的张量</translation>
    </message>
    <message>
        <source>there is no NVIDIA graphics card</source>
        <translation>没有 NVIDIA 显卡</translation>
    </message>
    <message>
        <source>there is not enough memory for it</source>
        <translation>内存不够</translation>
    </message>
    <message>
        <source>there is not enough memory for so many frames</source>
        <translation>内存放不下这么多帧</translation>
    </message>
    <message>
        <source>they are too long</source>
        <translation>它们太长了</translation>
    </message>
    <message>
        <source>this PyAV has no encoder for MP4; save it as WebP or GIF</source>
        <translation>这个 PyAV 没有 MP4 编码器；请保存为 WebP 或 GIF</translation>
    </message>
    <message>
        <source>this edition runs models on the processor only</source>
        <translation>这个版本只在处理器上运行模型</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <translation>打开的文件太多</translation>
    </message>
    <message>
        <source>torch {0} is made for CUDA {1} and onnxruntime-gpu {2} for CUDA {3}: install onnxruntime-gpu {4}.</source>
        <translation>torch {0} 面向 CUDA {1}，而 onnxruntime-gpu {2} 面向 CUDA {3}：请安装 onnxruntime-gpu {4}。</translation>
    </message>
    <message>
        <source>walk between pictures</source>
        <translation>在图片之间过渡</translation>
    </message>
    <message>
        <source>warmth</source>
        <translation>冷暖</translation>
    </message>
    <message>
        <source>{0} (so far)</source>
        <translation>{0}（目前）</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>{0} Gaussian numbers for the whole picture</source>
        <translation>整张图片 {0} 个高斯数</translation>
    </message>
    <message>
        <source>{0} It is drawn anew.</source>
        <translation>{0} 将重新绘制。</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} 和另外 {1} 个</translation>
    </message>
    <message>
        <source>{0} beside {1} cannot be read.</source>
        <translation>{1} 旁边的 {0} 无法读取。</translation>
    </message>
    <message>
        <source>{0} cannot be a model&apos;s name: give it some letters or digits from A to Z.</source>
        <translation>{0} 不能作为模型名称：请加上一些 A 到 Z 的字母或数字。</translation>
    </message>
    <message>
        <source>{0} cannot be read any more; others take their place.</source>
        <translation>{0} 已经无法读取；由其他图片代替。</translation>
    </message>
    <message>
        <source>{0} cannot be used: {1}.</source>
        <translation>{0} 无法使用：{1}。</translation>
    </message>
    <message>
        <source>{0} channels at 1/{1}</source>
        <translation>1/{1} 分辨率上 {0} 个通道</translation>
    </message>
    <message>
        <source>{0} channels cannot be added to {1}.</source>
        <translation>{0} 个通道不能与 {1} 个相加。</translation>
    </message>
    <message>
        <source>{0} does not give means and variances.</source>
        <translation>{0} 没有给出均值和方差。</translation>
    </message>
    <message>
        <source>{0} files cannot be read as pictures.</source>
        <translation>{0} 个文件无法作为图片读取。</translation>
    </message>
    <message>
        <source>{0} is incomplete.</source>
        <translation>{0} 不完整。</translation>
    </message>
    <message>
        <source>{0} is not written: {1} holds a value that is no number.</source>
        <translation>{0} 未写入：{1} 含有非数值。</translation>
    </message>
    <message>
        <source>{0} is the only picture in {1} that can be read; a map needs two or more.</source>
        <translation>{1} 中只有 {0} 这一张图片能读取；地图需要两张以上。</translation>
    </message>
    <message>
        <source>{0} normalises {1} channels in {2} groups; {3} come.</source>
        <translation>{0} 以 {2} 组归一化 {1} 个通道；实际来了 {3} 个。</translation>
    </message>
    <message>
        <source>{0} numbers are no {1}.</source>
        <translation>{0} 个数构不成 {1}。</translation>
    </message>
    <message>
        <source>{0} picture</source>
        <translation>{0} 张图片</translation>
    </message>
    <message>
        <source>{0} pictures</source>
        <translation>{0} 张图片</translation>
    </message>
    <message>
        <source>{0} pictures are copies of others; each is used once.</source>
        <translation>{0} 张图片与其他的重复，每张只用一次。</translation>
    </message>
    <message>
        <source>{0} pictures are smaller than {1} pixels and will stay blurred.</source>
        <translation>{0} 张图片小于 {1} 像素，会一直模糊。</translation>
    </message>
    <message>
        <source>{0} pictures have nothing on them; they are left out.</source>
        <translation>{0} 张图片是空白的，已排除。</translation>
    </message>
    <message>
        <source>{0} pictures look unlike the others: leave out what does not belong.</source>
        <translation>{0} 张图片看起来与其他不同：不属于这里的请排除。</translation>
    </message>
    <message>
        <source>{0} pictures of the user&apos;s own</source>
        <translation>用户自己的 {0} 张图片</translation>
    </message>
    <message>
        <source>{0} steps, {1} minute</source>
        <translation>{0} 步，{1} 分钟</translation>
    </message>
    <message>
        <source>{0} steps, {1} minutes</source>
        <translation>{0} 步，{1} 分钟</translation>
    </message>
    <message>
        <source>{0} takes {1} channels, and {2} come.</source>
        <translation>{0} 接收 {1} 个通道，实际来了 {2} 个。</translation>
    </message>
    <message>
        <source>{0} takes {1} numbers, and {2} come.</source>
        <translation>{0} 接收 {1} 个数，实际来了 {2} 个。</translation>
    </message>
    <message>
        <source>{0} was made for photos of every kind.</source>
        <translation>{0} 是为各种照片而做的。</translation>
    </message>
    <message>
        <source>{0} would have {1} channels.</source>
        <translation>{0} 会有 {1} 个通道。</translation>
    </message>
    <message>
        <source>{0}, at least {1} different pictures are needed; here are {2}.</source>
        <translation>{0}，至少需要 {1} 张不同的图片；这里有 {2} 张。</translation>
    </message>
    <message>
        <source>{0}, they should be {1} pixels or more on the shorter side; half have {2}.</source>
        <translation>{0}，图片的短边应有 {1} 像素以上；有一半只有 {2}。</translation>
    </message>
    <message>
        <source>{0}, {1} are enough.</source>
        <translation>{0}，{1}足够了。</translation>
    </message>
    <message>
        <source>{0}, {1} epochs</source>
        <translation>{0}，{1} 轮</translation>
    </message>
    <message>
        <source>{0}, {1} may do; {2} or more usually work well.</source>
        <translation>{0}，{1}可能够用；{2} 张以上通常效果较好。</translation>
    </message>
    <message>
        <source>{0}: encoder and decoder do not fit, a picture comes back as {1}.</source>
        <translation>{0}：编码器和解码器不匹配，图片回来时是 {1}。</translation>
    </message>
    <message>
        <source>{0}: it already exists.</source>
        <translation>{0}：它已经存在。</translation>
    </message>
    <message>
        <source>{0}: it cannot be put on the shelf: {1}.</source>
        <translation>{0}：它无法放到架上：{1}。</translation>
    </message>
    <message>
        <source>{0}: it gives no picture and no latent.</source>
        <translation>{0}：它给不出图片，也给不出潜变量。</translation>
    </message>
    <message>
        <source>{0}: it has only {1} x {2} pixels.</source>
        <translation>{0}：它只有 {1} × {2} 像素。</translation>
    </message>
    <message>
        <source>{0}: it has {1} inputs and {2} outputs, not one of each.</source>
        <translation>{0}：它有 {1} 个输入和 {2} 个输出，而不是各一个。</translation>
    </message>
    <message>
        <source>{0}: it holds the same file twice, or too many files.</source>
        <translation>{0}：它把同一个文件装了两次，或文件太多。</translation>
    </message>
    <message>
        <source>{0}: it is almost the same as {1}.</source>
        <translation>{0}：它与 {1} 几乎相同。</translation>
    </message>
    <message>
        <source>{0}: it is an {1} alone; bring the {2} with it, or beside it.</source>
        <translation>{0}：它只是 {1}；请把 {2} 一起带来，或放在旁边。</translation>
    </message>
    <message>
        <source>{0}: it is no ONNX graph, or damaged.</source>
        <translation>{0}：它不是 ONNX 图，或已损坏。</translation>
    </message>
    <message>
        <source>{0}: it is no file of weights, or damaged ({1}).</source>
        <translation>{0}：它不是权重文件，或已损坏（{1}）。</translation>
    </message>
    <message>
        <source>{0}: it is no file of weights, or damaged.</source>
        <translation>{0}：它不是权重文件，或已损坏。</translation>
    </message>
    <message>
        <source>{0}: it is no model of this app, or damaged ({1}).</source>
        <translation>{0}：它不是本程序的模型，或已损坏（{1}）。</translation>
    </message>
    <message>
        <source>{0}: it is no model of this app, there is no card in it.</source>
        <translation>{0}：它不是本程序的模型，里面没有说明卡。</translation>
    </message>
    <message>
        <source>{0}: it is not there.</source>
        <translation>{0}：它不在那里。</translation>
    </message>
    <message>
        <source>{0}: it is one graph; bring encoder and decoder, each as a file.</source>
        <translation>{0}：它只是一个图；请把编码器和解码器各作为一个文件带来。</translation>
    </message>
    <message>
        <source>{0}: it is too long for a description of a model.</source>
        <translation>{0}：作为模型的说明，它太长了。</translation>
    </message>
    <message>
        <source>{0}: it looks unlike the others.</source>
        <translation>{0}：它看起来与其他不同。</translation>
    </message>
    <message>
        <source>{0}: it names a file outside its folder: {1}.</source>
        <translation>{0}：它指向了文件夹之外的文件：{1}。</translation>
    </message>
    <message>
        <source>{0}: it needs operators that are not part of ONNX ({1}).</source>
        <translation>{0}：它需要不属于 ONNX 的算子（{1}）。</translation>
    </message>
    <message>
        <source>{0}: it needs {1} GB of memory, and {2} GB are free.</source>
        <translation>{0}：它需要 {1} GB 内存，可用 {2} GB。</translation>
    </message>
    <message>
        <source>{0}: its files claim to be larger than it is.</source>
        <translation>{0}：里面的文件声称比它本身还大。</translation>
    </message>
    <message>
        <source>{0}: its pictures are of a type that is not read.</source>
        <translation>{0}：它的图片类型无法读取。</translation>
    </message>
    <message>
        <source>{0}: its weights claim {1} GB.</source>
        <translation>{0}：它的权重声称有 {1} GB。</translation>
    </message>
    <message>
        <source>{0}: its weights lie at no place that makes sense.</source>
        <translation>{0}：它的权重所在的位置没有意义。</translation>
    </message>
    <message>
        <source>{0}: its weights point outside its folder, or are missing ({1}).</source>
        <translation>{0}：它的权重指向文件夹之外，或缺失（{1}）。</translation>
    </message>
    <message>
        <source>{0}: none of its pictures can be read any more.</source>
        <translation>{0}：它的图片都已经无法读取。</translation>
    </message>
    <message>
        <source>{0}: nothing is on it.</source>
        <translation>{0}：上面什么也没有。</translation>
    </message>
    <message>
        <source>{0}: something unexpected went wrong ({1}).</source>
        <translation>{0}：出现了意外问题（{1}）。</translation>
    </message>
    <message>
        <source>{0}: the card in it cannot be read: {1}.</source>
        <translation>{0}：里面的说明卡无法读取：{1}。</translation>
    </message>
    <message>
        <source>{0}: the converted model is {1} away from torch&apos;s answer.</source>
        <translation>{0}：转换后的模型与 torch 的结果相差 {1}。</translation>
    </message>
    <message>
        <source>{0}: the converted model is {1} away from what its files give.</source>
        <translation>{0}：转换后的模型与其文件给出的结果相差 {1}。</translation>
    </message>
    <message>
        <source>{0}: the disk is too full for the pictures; {1} MB are needed for a while.</source>
        <translation>{0}：磁盘太满，放不下图片；暂时需要 {1} MB。</translation>
    </message>
    <message>
        <source>{0}: the file is empty.</source>
        <translation>{0}：文件是空的。</translation>
    </message>
    <message>
        <source>{0}: the files in it are not those that its card names.</source>
        <translation>{0}：里面的文件不是说明卡上写的那些。</translation>
    </message>
    <message>
        <source>{0}: the folder is not there any more; what was seen is kept.</source>
        <translation>{0}：文件夹已经不在了；看过的内容已保留。</translation>
    </message>
    <message>
        <source>{0}: the graph does not run ({1}).</source>
        <translation>{0}：这个图无法运行（{1}）。</translation>
    </message>
    <message>
        <source>{0}: the graph is too large.</source>
        <translation>{0}：这个图太大了。</translation>
    </message>
    <message>
        <source>{0}: the tensor {1} holds numbers that are none.</source>
        <translation>{0}：张量 {1} 里有不是数的数值。</translation>
    </message>
    <message>
        <source>{0}: the tensor {1} is of a type that is not read.</source>
        <translation>{0}：张量 {1} 的类型无法读取。</translation>
    </message>
    <message>
        <source>{0}: the tensor {1} makes no sense.</source>
        <translation>{0}：张量 {1} 没有意义。</translation>
    </message>
    <message>
        <source>{0}: there are files in it that belong to no model.</source>
        <translation>{0}：里面有不属于任何模型的文件。</translation>
    </message>
    <message>
        <source>{0}: there are no pictures in this folder{1}.</source>
        <translation>{0}：这个文件夹里没有图片{1}。</translation>
    </message>
    <message>
        <source>{0}: there are no weights in this folder.</source>
        <translation>{0}：这个文件夹里没有权重。</translation>
    </message>
    <message>
        <source>{0}: there are two encoders or two decoders.</source>
        <translation>{0}：有两个编码器或两个解码器。</translation>
    </message>
    <message>
        <source>{0}: there is not enough memory for this photo.</source>
        <translation>{0}：内存不够处理这张照片。</translation>
    </message>
    <message>
        <source>{0}: this is no preset of Latent Darkroom.</source>
        <translation>{0}：这不是 Latent Darkroom 的预设。</translation>
    </message>
    <message>
        <source>{0}: variants beside their originals would be taken for pictures of the folder.</source>
        <translation>{0}：放在原图旁边的变体会被当成文件夹里的图片。</translation>
    </message>
    <message>
        <source>{0}: weights lie where they are not read ({1}).</source>
        <translation>{0}：权重放在不会读取的地方（{1}）。</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>{0}: {1} cannot be read ({2}).</source>
        <translation>{0}：{1} 无法读取（{2}）。</translation>
    </message>
    <message>
        <source>{0}: {1} in it is damaged.</source>
        <translation>{0}：其中的 {1} 已损坏。</translation>
    </message>
    <message>
        <source>{0}: {1} is compressed, as this app never does.</source>
        <translation>{0}：{1} 经过压缩，本程序从不这样做。</translation>
    </message>
    <message>
        <source>{0}: {1} is too short for the tensor {2}.</source>
        <translation>{0}：{1} 太短，放不下张量 {2}。</translation>
    </message>
    <message>
        <source>{0}: {1} picture can be learnt from{2}; this goal needs {3} or more.</source>
        <translation>{0}：可以学习的图片有 {1} 张{2}；这个目标需要 {3} 张以上。</translation>
    </message>
    <message>
        <source>{0}: {1} pictures can be learnt from{2}; this goal needs {3} or more.</source>
        <translation>{0}：可以学习的图片有 {1} 张{2}；这个目标需要 {3} 张以上。</translation>
    </message>
    <message>
        <source>{0}; learnt from the folder {1}.</source>
        <translation>{0}；从文件夹 {1} 学习而来。</translation>
    </message>
</context>
</TS>
