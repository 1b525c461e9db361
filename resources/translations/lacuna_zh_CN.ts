<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Lacuna</source>
        <translation>关于 Lacuna</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>程序库</translation>
    </message>
    <message>
        <source>Photographs</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy versions, to be put into a report.</source>
        <translation>复制版本信息，供报告问题时使用。</translation>
    </message>
    <message>
        <source>Lacuna {version}</source>
        <translation>Lacuna {version}</translation>
    </message>
    <message>
        <source>Removes things from photographs and shows where every filled pixel came from.</source>
        <translation>去掉照片里的东西，并显示每个补出的像素来自哪里。</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. It works offline.</source>
        <translation>自由软件，以 Apache License 2.0 发布。无需联网。</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>程序库</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Fill</source>
        <translation>修补(&amp;F)</translation>
    </message>
    <message>
        <source>Fill what is marked.</source>
        <translation>修补蒙版盖住的部分。</translation>
    </message>
    <message>
        <source>&amp;Another outcome</source>
        <translation>换一个结果(&amp;A)</translation>
    </message>
    <message>
        <source>Fill once more, with another seed.</source>
        <translation>换一个随机种子，再修补一次。</translation>
    </message>
    <message>
        <source>&amp;Repeat on this mask</source>
        <translation>用于此蒙版(&amp;R)</translation>
    </message>
    <message>
        <source>Fill the new mask as the last one.</source>
        <translation>按上一次的设置修补新的蒙版。</translation>
    </message>
    <message>
        <source>&amp;Next variant</source>
        <translation>下一个方案(&amp;N)</translation>
    </message>
    <message>
        <source>Show the next outcome of this fill.</source>
        <translation>显示这次修补的下一个结果。</translation>
    </message>
    <message>
        <source>&amp;Previous variant</source>
        <translation>上一个方案(&amp;P)</translation>
    </message>
    <message>
        <source>Show the outcome before.</source>
        <translation>显示前一个结果。</translation>
    </message>
    <message>
        <source>Fill after &amp;each stroke</source>
        <translation>松手即修补(&amp;E)</translation>
    </message>
    <message>
        <source>Fill every stroke as soon as it ends.</source>
        <translation>每画完一笔就立即修补。</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Stop the fill; otherwise drop what is unfinished.</source>
        <translation>停止修补；没有在修补时，放弃未完成的操作。</translation>
    </message>
    <message>
        <source>Cancel every&amp;thing</source>
        <translation>全部取消(&amp;T)</translation>
    </message>
    <message>
        <source>Stop every fill that runs or waits.</source>
        <translation>停止所有正在进行和等待的修补。</translation>
    </message>
    <message>
        <source>&amp;Probe</source>
        <translation>来源探针(&amp;P)</translation>
    </message>
    <message>
        <source>See where a filled pixel was copied from.</source>
        <translation>查看补出的像素是从哪里复制来的。</translation>
    </message>
    <message>
        <source>&amp;Never from here</source>
        <translation>不从此处取样(&amp;N)</translation>
    </message>
    <message>
        <source>Paint what must not be borrowed.</source>
        <translation>涂抹不许取样的区域。</translation>
    </message>
    <message>
        <source>&amp;Only from here</source>
        <translation>只从此处取样(&amp;O)</translation>
    </message>
    <message>
        <source>Paint what alone may be borrowed.</source>
        <translation>涂抹唯一允许取样的区域。</translation>
    </message>
    <message>
        <source>&amp;Restore the original</source>
        <translation>还原画笔(&amp;R)</translation>
    </message>
    <message>
        <source>Brush the original photograph back.</source>
        <translation>用画笔恢复原来的照片。</translation>
    </message>
    <message>
        <source>&amp;Clear source rules</source>
        <translation>清除取样规则(&amp;C)</translation>
    </message>
    <message>
        <source>Allow borrowing from everywhere again.</source>
        <translation>重新允许从任何地方取样。</translation>
    </message>
    <message>
        <source>Let dragged sources &amp;go</source>
        <translation>放开指定的来源(&amp;G)</translation>
    </message>
    <message>
        <source>Forget the sources that were dragged.</source>
        <translation>不再保留拖动指定的来源。</translation>
    </message>
    <message>
        <source>&amp;Show where it came from</source>
        <translation>显示来源(&amp;S)</translation>
    </message>
    <message>
        <source>Lay a source view over the picture.</source>
        <translation>在图像上叠加来源视图。</translation>
    </message>
    <message>
        <source>Next &amp;view</source>
        <translation>下一种视图(&amp;V)</translation>
    </message>
    <message>
        <source>Direction, arrows, how often used, certainty.</source>
        <translation>方向、箭头、使用次数、可信度。</translation>
    </message>
    <message>
        <source>&amp;Direction</source>
        <translation>方向(&amp;D)</translation>
    </message>
    <message>
        <source>Colour every filled pixel by the way to its source.</source>
        <translation>按来源的方向给每个补出的像素着色。</translation>
    </message>
    <message>
        <source>&amp;Arrows</source>
        <translation>箭头(&amp;A)</translation>
    </message>
    <message>
        <source>Draw arrows from the fill to its sources.</source>
        <translation>画出从修补处指向来源的箭头。</translation>
    </message>
    <message>
        <source>How often &amp;used</source>
        <translation>使用次数(&amp;U)</translation>
    </message>
    <message>
        <source>Show how often each place was copied.</source>
        <translation>显示每一处被复制了多少次。</translation>
    </message>
    <message>
        <source>Certaint&amp;y</source>
        <translation>可信度(&amp;Y)</translation>
    </message>
    <message>
        <source>Show how well each filled place fits.</source>
        <translation>显示每一处补得有多吻合。</translation>
    </message>
    <message>
        <source>&amp;Blink</source>
        <translation>闪烁(&amp;B)</translation>
    </message>
    <message>
        <source>Switch the view on and off all the time.</source>
        <translation>让视图不断地显示和隐藏。</translation>
    </message>
    <message>
        <source>Next &amp;weak spot</source>
        <translation>下一处薄弱点(&amp;W)</translation>
    </message>
    <message>
        <source>Go to where the fill fits worst.</source>
        <translation>转到修补得最不吻合的地方。</translation>
    </message>
    <message>
        <source>Pr&amp;evious weak spot</source>
        <translation>上一处薄弱点(&amp;E)</translation>
    </message>
    <message>
        <source>Go to the weak spot before.</source>
        <translation>转到前一处薄弱点。</translation>
    </message>
    <message>
        <source>&amp;Mark the weak spot</source>
        <translation>选取薄弱点(&amp;M)</translation>
    </message>
    <message>
        <source>Mark the weak spot to fill it again.</source>
        <translation>把薄弱点加入蒙版，以便重新修补。</translation>
    </message>
    <message>
        <source>Fi&amp;x the weak spot</source>
        <translation>重新修补薄弱点(&amp;X)</translation>
    </message>
    <message>
        <source>Fill the weakest spot again, with three outcomes to choose from.</source>
        <translation>把最薄弱的一点重新修补，给出三个结果供选择。</translation>
    </message>
    <message>
        <source>Save every pixel&apos;s or&amp;igin…</source>
        <translation>保存每个像素的来源(&amp;I)…</translation>
    </message>
    <message>
        <source>Write what is original, copied or made up, and from where.</source>
        <translation>写出哪些像素是原有、复制或生成的，以及来自何处。</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>查找命令(&amp;F)…</translation>
    </message>
    <message>
        <source>Type a few letters of what you want to do.</source>
        <translation>输入想做的事的几个字。</translation>
    </message>
    <message>
        <source>&amp;Keys at a glance</source>
        <translation>快捷键一览(&amp;K)</translation>
    </message>
    <message>
        <source>Every key and every use of the mouse on one page.</source>
        <translation>一页列出所有按键和鼠标用法。</translation>
    </message>
    <message>
        <source>Change key&amp;s…</source>
        <translation>更改快捷键(&amp;S)…</translation>
    </message>
    <message>
        <source>Choose other keys, or those of another program.</source>
        <translation>选择别的按键，或其他软件的按键方案。</translation>
    </message>
    <message>
        <source>&amp;About Lacuna</source>
        <translation>关于 Lacuna(&amp;A)</translation>
    </message>
    <message>
        <source>Version, licence and thanks.</source>
        <translation>版本、许可与致谢。</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>画笔(&amp;B)</translation>
    </message>
    <message>
        <source>Paint over what should go.</source>
        <translation>涂抹要去掉的部分。</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>橡皮擦(&amp;E)</translation>
    </message>
    <message>
        <source>Take paint off again.</source>
        <translation>擦掉涂抹。</translation>
    </message>
    <message>
        <source>&amp;Object</source>
        <translation>对象(&amp;O)</translation>
    </message>
    <message>
        <source>Click an object and all of it is marked.</source>
        <translation>单击一个对象，就会选中它的整体。</translation>
    </message>
    <message>
        <source>&amp;Lasso</source>
        <translation>套索(&amp;L)</translation>
    </message>
    <message>
        <source>Draw around what should go.</source>
        <translation>圈出要去掉的部分。</translation>
    </message>
    <message>
        <source>&amp;Polygon</source>
        <translation>多边形(&amp;P)</translation>
    </message>
    <message>
        <source>Mark what lies between corners.</source>
        <translation>选中各个角点围成的区域。</translation>
    </message>
    <message>
        <source>&amp;Rectangle</source>
        <translation>矩形(&amp;R)</translation>
    </message>
    <message>
        <source>Mark a rectangle.</source>
        <translation>选取一个矩形。</translation>
    </message>
    <message>
        <source>Ell&amp;ipse</source>
        <translation>椭圆(&amp;I)</translation>
    </message>
    <message>
        <source>Mark an ellipse.</source>
        <translation>选取一个椭圆。</translation>
    </message>
    <message>
        <source>Magic &amp;wand</source>
        <translation>魔棒(&amp;W)</translation>
    </message>
    <message>
        <source>Mark what has a like colour.</source>
        <translation>选取颜色相近的区域。</translation>
    </message>
    <message>
        <source>&amp;Swap brush and eraser</source>
        <translation>切换画笔与橡皮擦(&amp;S)</translation>
    </message>
    <message>
        <source>Take the other one in hand.</source>
        <translation>换用另一个。</translation>
    </message>
    <message>
        <source>S&amp;maller brush</source>
        <translation>缩小画笔(&amp;M)</translation>
    </message>
    <message>
        <source>Shrink the brush by 10 %.</source>
        <translation>把画笔缩小 10%。</translation>
    </message>
    <message>
        <source>L&amp;arger brush</source>
        <translation>放大画笔(&amp;A)</translation>
    </message>
    <message>
        <source>Grow the brush by 10 %.</source>
        <translation>把画笔放大 10%。</translation>
    </message>
    <message>
        <source>So&amp;fter brush</source>
        <translation>柔化画笔(&amp;F)</translation>
    </message>
    <message>
        <source>Soften the brush&apos;s rim.</source>
        <translation>让画笔的边缘更柔和。</translation>
    </message>
    <message>
        <source>&amp;Harder brush</source>
        <translation>硬化画笔(&amp;H)</translation>
    </message>
    <message>
        <source>Harden the brush&apos;s rim.</source>
        <translation>让画笔的边缘更硬。</translation>
    </message>
    <message>
        <source>&amp;Clear the mask</source>
        <translation>清除蒙版(&amp;C)</translation>
    </message>
    <message>
        <source>Unmark everything.</source>
        <translation>取消所有选取。</translation>
    </message>
    <message>
        <source>Last mask a&amp;gain</source>
        <translation>恢复上次的蒙版(&amp;G)</translation>
    </message>
    <message>
        <source>Bring back the mask that was filled or cleared last.</source>
        <translation>恢复上次修补或清除的蒙版。</translation>
    </message>
    <message>
        <source>Mas&amp;k everything</source>
        <translation>全选(&amp;K)</translation>
    </message>
    <message>
        <source>Mark the whole picture.</source>
        <translation>选取整幅图像。</translation>
    </message>
    <message>
        <source>I&amp;nvert the mask</source>
        <translation>反转蒙版(&amp;N)</translation>
    </message>
    <message>
        <source>Mark what is not marked, and the other way round.</source>
        <translation>选取未选取的部分，反之亦然。</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Let the mask grow by a pixel.</source>
        <translation>把蒙版扩展 1 像素。</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>收缩</translation>
    </message>
    <message>
        <source>Let the mask shrink by a pixel.</source>
        <translation>把蒙版收缩 1 像素。</translation>
    </message>
    <message>
        <source>Grow b&amp;y 8</source>
        <translation>扩展 8 像素(&amp;Y)</translation>
    </message>
    <message>
        <source>Let the mask grow by eight pixels.</source>
        <translation>把蒙版扩展 8 像素。</translation>
    </message>
    <message>
        <source>Shrink by 8</source>
        <translation>收缩 8 像素</translation>
    </message>
    <message>
        <source>Let the mask shrink by eight pixels.</source>
        <translation>把蒙版收缩 8 像素。</translation>
    </message>
    <message>
        <source>Open a mask…</source>
        <translation>打开蒙版…</translation>
    </message>
    <message>
        <source>Add a mask from a picture: white is filled.</source>
        <translation>从图片添加蒙版：白色部分会被修补。</translation>
    </message>
    <message>
        <source>Sa&amp;ve the mask…</source>
        <translation>存储蒙版(&amp;V)…</translation>
    </message>
    <message>
        <source>Write the mask as a PNG: white is filled.</source>
        <translation>把蒙版存为 PNG：白色部分会被修补。</translation>
    </message>
    <message>
        <source>Copy the mask</source>
        <translation>复制蒙版</translation>
    </message>
    <message>
        <source>Put the mask on the clipboard: white is filled.</source>
        <translation>把蒙版放到剪贴板：白色处会被修补。</translation>
    </message>
    <message>
        <source>Pas&amp;te as mask</source>
        <translation>粘贴为蒙版(&amp;T)</translation>
    </message>
    <message>
        <source>Add the picture on the clipboard to the mask.</source>
        <translation>把剪贴板上的图片加入蒙版。</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a photograph.</source>
        <translation>打开一张照片。</translation>
    </message>
    <message>
        <source>Open fol&amp;der…</source>
        <translation>打开文件夹(&amp;D)…</translation>
    </message>
    <message>
        <source>Open the first photograph of a folder.</source>
        <translation>打开文件夹中的第一张照片。</translation>
    </message>
    <message>
        <source>&amp;Paste as new picture</source>
        <translation>粘贴为新图像(&amp;P)</translation>
    </message>
    <message>
        <source>Open the picture on the clipboard.</source>
        <translation>打开剪贴板上的图片。</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>存储(&amp;S)</translation>
    </message>
    <message>
        <source>Save under the name chosen before, never over the original unasked.</source>
        <translation>用先前选定的名称存储；未经询问绝不覆盖原图。</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>存储为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save under another name or in another format.</source>
        <translation>用别的名称或格式存储。</translation>
    </message>
    <message>
        <source>Save pro&amp;ject…</source>
        <translation>存储项目(&amp;J)…</translation>
    </message>
    <message>
        <source>Keep picture, mask, sources and settings, to go on another day.</source>
        <translation>保存图像、蒙版、来源和设置，改天继续。</translation>
    </message>
    <message>
        <source>&amp;Next picture</source>
        <translation>下一张(&amp;N)</translation>
    </message>
    <message>
        <source>Open the next picture of the folder.</source>
        <translation>打开文件夹中的下一张图片。</translation>
    </message>
    <message>
        <source>P&amp;revious picture</source>
        <translation>上一张(&amp;R)</translation>
    </message>
    <message>
        <source>Open the previous picture of the folder.</source>
        <translation>打开文件夹中的上一张图片。</translation>
    </message>
    <message>
        <source>&amp;Close the picture</source>
        <translation>关闭图像(&amp;C)</translation>
    </message>
    <message>
        <source>Close the picture and go back to the start page.</source>
        <translation>关闭图像，回到开始页。</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Close the window.</source>
        <translation>关闭窗口。</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Take the last step back.</source>
        <translation>撤销上一步。</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Make the last undone step again.</source>
        <translation>重做刚撤销的一步。</translation>
    </message>
    <message>
        <source>&amp;Copy the picture</source>
        <translation>复制图像(&amp;C)</translation>
    </message>
    <message>
        <source>Put the picture on the clipboard.</source>
        <translation>把图像放到剪贴板上。</translation>
    </message>
    <message>
        <source>Copy the &amp;mask&apos;s surroundings</source>
        <translation>复制蒙版附近(&amp;M)</translation>
    </message>
    <message>
        <source>Put the part around the mask on the clipboard.</source>
        <translation>把蒙版附近的部分放到剪贴板上。</translation>
    </message>
    <message>
        <source>Pr&amp;eferences…</source>
        <translation>首选项(&amp;E)…</translation>
    </message>
    <message>
        <source>Language, colours, brush, memory, keys.</source>
        <translation>语言、颜色、画笔、内存、按键。</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Mask</source>
        <translation>蒙版(&amp;M)</translation>
    </message>
    <message>
        <source>F&amp;ill</source>
        <translation>修补(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Sources</source>
        <translation>来源(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Hand</source>
        <translation>抓手(&amp;H)</translation>
    </message>
    <message>
        <source>Move the picture.</source>
        <translation>移动图像。</translation>
    </message>
    <message>
        <source>&amp;Zoom tool</source>
        <translation>缩放工具(&amp;Z)</translation>
    </message>
    <message>
        <source>Come closer by clicking.</source>
        <translation>单击放大。</translation>
    </message>
    <message>
        <source>&amp;Whole picture</source>
        <translation>适合窗口(&amp;W)</translation>
    </message>
    <message>
        <source>Show the whole picture.</source>
        <translation>显示整幅图像。</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>100%(&amp;1)</translation>
    </message>
    <message>
        <source>One picture pixel is one screen pixel.</source>
        <translation>一个图像像素对应一个屏幕像素。</translation>
    </message>
    <message>
        <source>&amp;200 %</source>
        <translation>200%(&amp;2)</translation>
    </message>
    <message>
        <source>One picture pixel is two screen pixels wide.</source>
        <translation>一个图像像素占两个屏幕像素宽。</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Come closer.</source>
        <translation>放大显示。</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Step back.</source>
        <translation>缩小显示。</translation>
    </message>
    <message>
        <source>Zoom to the &amp;mask</source>
        <translation>缩放到蒙版(&amp;M)</translation>
    </message>
    <message>
        <source>Show the mask as large as it fits.</source>
        <translation>以尽可能大的比例显示蒙版。</translation>
    </message>
    <message>
        <source>&amp;Before, while held</source>
        <translation>按住看原图(&amp;B)</translation>
    </message>
    <message>
        <source>Show the photograph as it was opened.</source>
        <translation>显示打开时的照片。</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>分割对比(&amp;S)</translation>
    </message>
    <message>
        <source>Before on the left, after on the right.</source>
        <translation>左边是修补前，右边是修补后。</translation>
    </message>
    <message>
        <source>Si&amp;de by side</source>
        <translation>并排对比(&amp;D)</translation>
    </message>
    <message>
        <source>Before and after in two panes.</source>
        <translation>在两个窗格里显示修补前和修补后。</translation>
    </message>
    <message>
        <source>Di&amp;fference</source>
        <translation>差异(&amp;F)</translation>
    </message>
    <message>
        <source>Show what changed.</source>
        <translation>显示改动的部分。</translation>
    </message>
    <message>
        <source>Blin&amp;k</source>
        <translation>闪烁对比(&amp;K)</translation>
    </message>
    <message>
        <source>Before and after in turn.</source>
        <translation>轮流显示修补前和修补后。</translation>
    </message>
    <message>
        <source>M&amp;ask</source>
        <translation>蒙版(&amp;A)</translation>
    </message>
    <message>
        <source>Show the mask.</source>
        <translation>显示蒙版。</translation>
    </message>
    <message>
        <source>Next mask s&amp;tyle</source>
        <translation>下一种蒙版样式(&amp;T)</translation>
    </message>
    <message>
        <source>Veil, outline, marching ants.</source>
        <translation>覆色、轮廓、蚂蚁线。</translation>
    </message>
    <message>
        <source>Hide &amp;panels</source>
        <translation>隐藏面板(&amp;P)</translation>
    </message>
    <message>
        <source>Hide every panel, or bring them back.</source>
        <translation>隐藏所有面板，或重新显示。</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>Use the whole screen.</source>
        <translation>占用整个屏幕。</translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Paint over what should go, then press Enter.</source>
        <translation>涂抹要去掉的部分，再按回车。</translation>
    </message>
</context>
<context>
    <name>CheatSheet</name>
    <message>
        <source>Keys at a glance</source>
        <translation>快捷键一览</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>click</source>
        <translation>单击</translation>
    </message>
    <message>
        <source>Mouse and pen</source>
        <translation>鼠标和笔</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>移动图像</translation>
    </message>
    <message>
        <source>Closer, farther</source>
        <translation>放大、缩小</translation>
    </message>
    <message>
        <source>Move sideways</source>
        <translation>左右移动</translation>
    </message>
    <message>
        <source>Erase while held</source>
        <translation>按住时擦除</translation>
    </message>
    <message>
        <source>Straight line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Brush size and hardness</source>
        <translation>画笔大小和硬度</translation>
    </message>
    <message>
        <source>Add a shape</source>
        <translation>添加选区</translation>
    </message>
    <message>
        <source>Take a shape away</source>
        <translation>减去选区</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>middle drag</source>
        <translation>中键拖动</translation>
    </message>
    <message>
        <source>right drag</source>
        <translation>右键拖动</translation>
    </message>
    <message>
        <source>right click</source>
        <translation>右键单击</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
</context>
<context>
    <name>ClipboardFlow</name>
    <message>
        <source>This is no mask of this picture&apos;s size.</source>
        <translation>这不是与此图像同样大小的蒙版。</translation>
    </message>
    <message>
        <source>Copy a picture of {width} x {height} pixels.</source>
        <translation>请复制一张 {width} x {height} 像素的图片。</translation>
    </message>
    <message>
        <source>Copied {width} x {height} pixels</source>
        <translation>已复制 {width} x {height} 像素</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>What would you like to do?</source>
        <translation>想做什么？</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Before</source>
        <translation>修补前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修补后</translation>
    </message>
    <message>
        <source>Difference, 4 times as strong</source>
        <translation>差异（放大 4 倍）</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>A 16-bit picture of a field reaches {farthest} pixels and a source lies farther away.</source>
        <translation>来源场的 16 位图片最远只能表示 {farthest} 像素，而有来源更远。</translation>
    </message>
    <message>
        <source>A hole cannot cover {least:.0%} to {most:.0%} of {width} x {height} pixels.</source>
        <translation>在 {width} x {height} 像素中，空洞无法占 {least:.0%} 到 {most:.0%}。</translation>
    </message>
    <message>
        <source>A mask cannot be reshaped by {shape}.</source>
        <translation>蒙版不能按 {shape} 调整。</translation>
    </message>
    <message>
        <source>A preset needs photographs and a folder.</source>
        <translation>预设需要照片和一个文件夹。</translation>
    </message>
    <message>
        <source>A side of {side} pixels is too small.</source>
        <translation>边长 {side} 像素太小。</translation>
    </message>
    <message>
        <source>A source lies outside the picture.</source>
        <translation>有来源在图像之外。</translation>
    </message>
    <message>
        <source>A source weight lies outside 0 to 1.</source>
        <translation>有取样权重不在 0 到 1 之间。</translation>
    </message>
    <message>
        <source>A trained network says what goes where; texture is copied as by PatchMatch.</source>
        <translation>训练好的网络决定哪里是什么；纹理像 PatchMatch 那样复制。</translation>
    </message>
    <message>
        <source>A trained network that looks up what it paints elsewhere in the picture, and shows where.</source>
        <translation>训练好的网络，从图片别处查找要画的内容，并显示出处。</translation>
    </message>
    <message>
        <source>Add --images DIR --out RUN.</source>
        <translation>请加上 --images DIR --out RUN。</translation>
    </message>
    <message>
        <source>Add --out FILE.safetensors.</source>
        <translation>请加上 --out FILE.safetensors。</translation>
    </message>
    <message>
        <source>Adds the noise that its surroundings have.</source>
        <translation>加上周围所具有的噪点。</translation>
    </message>
    <message>
        <source>All off: every pixel is an exact copy.</source>
        <translation>全部关闭：每个像素都是原样复制。</translation>
    </message>
    <message>
        <source>Allow borrowing from some part of the picture.</source>
        <translation>请允许从图像的某个部分取样。</translation>
    </message>
    <message>
        <source>Allow borrowing from some part.</source>
        <translation>请允许从某个部分取样。</translation>
    </message>
    <message>
        <source>An engine is named twice, or none is.</source>
        <translation>有引擎重复，或一个也没有。</translation>
    </message>
    <message>
        <source>An import needs a FILE, --kind and --out.</source>
        <translation>导入需要 FILE、--kind 和 --out。</translation>
    </message>
    <message>
        <source>As grainy as around it</source>
        <translation>匹配周围的颗粒</translation>
    </message>
    <message>
        <source>Attention left out</source>
        <translation>去掉注意力</translation>
    </message>
    <message>
        <source>Blend where pieces meet</source>
        <translation>融合拼接处</translation>
    </message>
    <message>
        <source>Both off: every pixel is an exact copy.</source>
        <translation>两项都关闭时，每个像素都是原样复制。</translation>
    </message>
    <message>
        <source>Change its permissions.</source>
        <translation>请更改它的权限。</translation>
    </message>
    <message>
        <source>Check data.images, and data.held_out with few of them.</source>
        <translation>请检查 data.images；照片少时也检查 data.held_out。</translation>
    </message>
    <message>
        <source>Check its path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>Choose 1 to {widest} px, and hardness and opacity from 0 to 1.</source>
        <translation>请选择 1 到 {widest} 像素，硬度和不透明度为 0 到 1。</translation>
    </message>
    <message>
        <source>Choose PNG or TIFF, or narrow the picture to 8 bits.</source>
        <translation>请选择 PNG 或 TIFF，或把图像转换为 8 位。</translation>
    </message>
    <message>
        <source>Choose PNG, TIFF, WebP or AVIF.</source>
        <translation>请选择 PNG、TIFF、WebP 或 AVIF。</translation>
    </message>
    <message>
        <source>Choose a wider range or a larger picture.</source>
        <translation>请选择更宽的范围或更大的图像。</translation>
    </message>
    <message>
        <source>Choose another --out.</source>
        <translation>请换一个 --out。</translation>
    </message>
    <message>
        <source>Choose another folder or name.</source>
        <translation>请选择别的文件夹或名称。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择别的文件夹。</translation>
    </message>
    <message>
        <source>Choose another format.</source>
        <translation>请选择别的格式。</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>请另选一个。</translation>
    </message>
    <message>
        <source>Choose from {known}.</source>
        <translation>可选的有：{known}。</translation>
    </message>
    <message>
        <source>Clear the source rules, or fill with PatchMatch.</source>
        <translation>请清除取样规则，或改用 PatchMatch 修补。</translation>
    </message>
    <message>
        <source>Click the middle of something that stands out, or draw a box around it.</source>
        <translation>请单击某个醒目物体的中间，或框住它。</translation>
    </message>
    <message>
        <source>Closing seams</source>
        <translation>正在消除接缝</translation>
    </message>
    <message>
        <source>Compare the picture with its own file.</source>
        <translation>请拿图像与它自己的文件比较。</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>已比较</translation>
    </message>
    <message>
        <source>Comparing on {photograph}</source>
        <translation>正在用 {photograph} 比较</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Contextual attention</source>
        <translation>上下文注意力</translation>
    </message>
    <message>
        <source>Continues lines of equal brightness into the hole; instant, for scratches and dust.</source>
        <translation>把等亮度线延伸进空洞；瞬间完成，适合划痕和灰尘。</translation>
    </message>
    <message>
        <source>Copied: from where it looked; mixed: that, light set right; generated: as it paints.</source>
        <translation>复制：取自它看过的地方；混合：同样复制，再校正光线；生成：完全由网络画出。</translation>
    </message>
    <message>
        <source>Copies texture from the hole&apos;s surroundings; needs no training and says where from.</source>
        <translation>从空洞周围复制纹理；无需训练，并能指出来源。</translation>
    </message>
    <message>
        <source>Copy or export them again.</source>
        <translation>请重新复制或导出。</translation>
    </message>
    <message>
        <source>Correct it; the fields and their ranges are in `main.py train --schema`.</source>
        <translation>请改正；各字段及其范围见 `main.py train --schema`。</translation>
    </message>
    <message>
        <source>Diffusing</source>
        <translation>正在扩散</translation>
    </message>
    <message>
        <source>Drag it to a place inside.</source>
        <translation>请把它拖到图像内。</translation>
    </message>
    <message>
        <source>Every checkpoint is damaged.</source>
        <translation>所有检查点都已损坏。</translation>
    </message>
    <message>
        <source>Export or copy it again.</source>
        <translation>请重新导出或复制。</translation>
    </message>
    <message>
        <source>Fill a smaller hole.</source>
        <translation>请修补小一些的空洞。</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>修补完成</translation>
    </message>
    <message>
        <source>Tones by the network</source>
        <translation>色调由网络给出</translation>
    </message>
    <message>
        <source>Give (height, width) of the same depth.</source>
        <translation>请给出同样位深的（高，宽）数组。</translation>
    </message>
    <message>
        <source>Give (height, width, 3) in uint8 or uint16.</source>
        <translation>请给出 uint8 或 uint16 的（高，宽，3）数组。</translation>
    </message>
    <message>
        <source>Give --limit 1 or more.</source>
        <translation>--limit 请给 1 或更大。</translation>
    </message>
    <message>
        <source>Give TOML or JSON.</source>
        <translation>请给出 TOML 或 JSON。</translation>
    </message>
    <message>
        <source>Give TOML or a JSON object.</source>
        <translation>请给出 TOML 或 JSON 对象。</translation>
    </message>
    <message>
        <source>Give a JPEG, PNG, WebP, TIFF, BMP or AVIF with 8 or 16 bits per channel.</source>
        <translation>请使用每通道 8 位或 16 位的 JPEG、PNG、WebP、TIFF、BMP 或 AVIF。</translation>
    </message>
    <message>
        <source>Give a bool array, True = hole.</source>
        <translation>请给出布尔数组，True 表示空洞。</translation>
    </message>
    <message>
        <source>Give a checkpoint of the first version, with contextual attention.</source>
        <translation>请给出带上下文注意力的第一版检查点。</translation>
    </message>
    <message>
        <source>Give a float32 array of {picture}.</source>
        <translation>请给出 {picture} 的 float32 数组。</translation>
    </message>
    <message>
        <source>Give a folder of photographs.</source>
        <translation>请给出一个照片文件夹。</translation>
    </message>
    <message>
        <source>Give a folder of photographs. The first of them: {reason}</source>
        <translation>请给出一个照片文件夹。其中第一个：{reason}</translation>
    </message>
    <message>
        <source>Give a mask of the picture&apos;s size.</source>
        <translation>请给出与图像同样大小的蒙版。</translation>
    </message>
    <message>
        <source>Give a smaller one.</source>
        <translation>请给出小一些的文件。</translation>
    </message>
    <message>
        <source>Give a whole number from 0 to 2147483647.</source>
        <translation>请给出 0 到 2147483647 的整数。</translation>
    </message>
    <message>
        <source>Give it that ending.</source>
        <translation>请使用这个扩展名。</translation>
    </message>
    <message>
        <source>Give the file as its authors published it.</source>
        <translation>请给出作者发布的原始文件。</translation>
    </message>
    <message>
        <source>Give the path of a picture.</source>
        <translation>请给出图片的路径。</translation>
    </message>
    <message>
        <source>Give the path of a project.</source>
        <translation>请给出项目文件的路径。</translation>
    </message>
    <message>
        <source>Give {allowed}.</source>
        <translation>请给出{allowed}。</translation>
    </message>
    <message>
        <source>Give {least} or more.</source>
        <translation>请给 {least} 或更大。</translation>
    </message>
    <message>
        <source>Go on with `main.py train --resume {folder}`, or choose another folder.</source>
        <translation>请用 `main.py train --resume {folder}` 继续，或另选一个文件夹。</translation>
    </message>
    <message>
        <source>Grow by -200 to 200, smooth 0 to 100, feather 0 to 200, close holes up to 500 pixels.</source>
        <translation>扩展 -200 到 200，平滑 0 到 100，羽化 0 到 200，填小孔最大 500 像素。</translation>
    </message>
    <message>
        <source>Guided PatchMatch</source>
        <translation>网络引导的 PatchMatch</translation>
    </message>
    <message>
        <source>How far it looks around.</source>
        <translation>向周围参考多远。</translation>
    </message>
    <message>
        <source>It continues brightness from the rim inwards: every pixel is computed, none is copied.</source>
        <translation>它把边缘的亮度向内延续：每个像素都是计算出来的，没有一个是复制的。</translation>
    </message>
    <message>
        <source>It has: {known}.</source>
        <translation>可用的有：{known}。</translation>
    </message>
    <message>
        <source>It paints every pixel from what it learned; none is copied.</source>
        <translation>它凭所学画出每个像素，没有一个是复制的。</translation>
    </message>
    <message>
        <source>Keep the .json beside the .safetensors.</source>
        <translation>请把 .json 与 .safetensors 放在一起。</translation>
    </message>
    <message>
        <source>Leave it out of the photographs.</source>
        <translation>请不要把它放进照片里。</translation>
    </message>
    <message>
        <source>Leave it out with --no-vgg.</source>
        <translation>可用 --no-vgg 略去。</translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation>请略去。</translation>
    </message>
    <message>
        <source>Let the run reach one.</source>
        <translation>请让训练先运行到一个检查点。</translation>
    </message>
    <message>
        <source>Let the sources go, or fill with PatchMatch.</source>
        <translation>请放开指定的来源，或改用 PatchMatch 修补。</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>正在观察</translation>
    </message>
    <message>
        <source>Lower optimiser.batch (and raise optimiser.accumulate), or data.side.</source>
        <translation>请减小 optimiser.batch（并增大 optimiser.accumulate），或减小 data.side。</translation>
    </message>
    <message>
        <source>Make it first.</source>
        <translation>请先建立它。</translation>
    </message>
    <message>
        <source>Make the mask exactly as large as the picture.</source>
        <translation>请让蒙版与图像一样大。</translation>
    </message>
    <message>
        <source>Match colours at the rim</source>
        <translation>匹配边缘颜色</translation>
    </message>
    <message>
        <source>More rounds per scale: calmer, slower.</source>
        <translation>每级轮数越多：越平整，也越慢。</translation>
    </message>
    <message>
        <source>Name each once: --engines telea,patchmatch.</source>
        <translation>每个只写一次：--engines telea,patchmatch。</translation>
    </message>
    <message>
        <source>Navier-Stokes</source>
        <translation>Navier-Stokes</translation>
    </message>
    <message>
        <source>No pixel is allowed as a source for this hole.</source>
        <translation>这个空洞没有任何允许取样的像素。</translation>
    </message>
    <message>
        <source>No pixel is allowed as a source.</source>
        <translation>没有任何允许取样的像素。</translation>
    </message>
    <message>
        <source>None of {count} files is a picture.</source>
        <translation>{count} 个文件中没有图像。</translation>
    </message>
    <message>
        <source>Not all weights are sound: {problems}</source>
        <translation>有些权重不完好：{problems}</translation>
    </message>
    <message>
        <source>Nothing is left of {limit} files.</source>
        <translation>{limit} 个文件中没有剩下的。</translation>
    </message>
    <message>
        <source>Off: the network leads the search only.</source>
        <translation>关闭：网络只引导搜索。</translation>
    </message>
    <message>
        <source>Off: the rim shows where light changes.</source>
        <translation>关闭时，光线变化处会露出边缘。</translation>
    </message>
    <message>
        <source>Open it on a machine with more memory.</source>
        <translation>请在内存更大的机器上打开。</translation>
    </message>
    <message>
        <source>Open it with the newest version.</source>
        <translation>请用最新版本打开。</translation>
    </message>
    <message>
        <source>Paint over what should go.</source>
        <translation>涂抹要去掉的部分。</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>PatchMatch</source>
        <translation>PatchMatch</translation>
    </message>
    <message>
        <source>Pickled weights are not read; convert them.</source>
        <translation>不读取 pickle 格式的权重，请先转换。</translation>
    </message>
    <message>
        <source>Put them back where they were, and resume.</source>
        <translation>请把它们放回原处，再继续训练。</translation>
    </message>
    <message>
        <source>Quality is 1 to 100, for JPEG, WebP and AVIF.</source>
        <translation>品质为 1 到 100，用于 JPEG、WebP 和 AVIF。</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Resume with a lower optimiser.learning_rate; the last checkpoint is sound.</source>
        <translation>请降低 optimiser.learning_rate 再继续；最近的检查点完好。</translation>
    </message>
    <message>
        <source>Resume with the config that the run began with.</source>
        <translation>请用训练开始时的配置继续。</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Save its state dict alone, with torch.save.</source>
        <translation>请用 torch.save 只保存它的状态字典。</translation>
    </message>
    <message>
        <source>Say where it comes from: --kind {kinds}.</source>
        <translation>请说明来源：--kind {kinds}。</translation>
    </message>
    <message>
        <source>Scale the weights into 0 to 1.</source>
        <translation>请把权重换算到 0 到 1。</translation>
    </message>
    <message>
        <source>Scale {number} of {count}</source>
        <translation>第 {number} 级，共 {count} 级</translation>
    </message>
    <message>
        <source>See `weights --help`.</source>
        <translation>见 `weights --help`。</translation>
    </message>
    <message>
        <source>Set machine.device to cpu, or machine.devices to {count}.</source>
        <translation>请把 machine.device 设为 cpu，或把 machine.devices 设为 {count}。</translation>
    </message>
    <message>
        <source>Sides of 1 to {most} pixels can be filled.</source>
        <translation>可以修补边长 1 到 {most} 像素的图像。</translation>
    </message>
    <message>
        <source>Sides of up to {side} and in all {millions} million pixels can be read.</source>
        <translation>最多可以读取边长 {side} 像素、总计 {millions} 百万像素的图像。</translation>
    </message>
    <message>
        <source>Small: detail, large: structure.</source>
        <translation>小：细节；大：结构。</translation>
    </message>
    <message>
        <source>Smooth continuation from the rim; instant, for scratches and dust.</source>
        <translation>从边缘平滑延续；瞬间完成，适合划痕和灰尘。</translation>
    </message>
    <message>
        <source>Start the run anew in another folder.</source>
        <translation>请在另一个文件夹里重新开始训练。</translation>
    </message>
    <message>
        <source>Take the recipe&apos;s options from their sidecar, or begin without them.</source>
        <translation>请按权重旁的说明文件设置配方的选项，或不用它起步。</translation>
    </message>
    <message>
        <source>Telea</source>
        <translation>Telea</translation>
    </message>
    <message>
        <source>The EXIF data are damaged and were left out.</source>
        <translation>EXIF 数据已损坏，未保留。</translation>
    </message>
    <message>
        <source>The EXIF, XMP and IPTC data are damaged and were left out.</source>
        <translation>EXIF、XMP 和 IPTC 数据已损坏，未保留。</translation>
    </message>
    <message>
        <source>The GPU has too little memory for this; the processor does it.</source>
        <translation>GPU 内存不足，改由处理器完成。</translation>
    </message>
    <message>
        <source>The VGG distance needs torch, which is not installed.</source>
        <translation>VGG 距离需要 torch，但没有安装。</translation>
    </message>
    <message>
        <source>The alpha channel does not fit the pixels.</source>
        <translation>Alpha 通道与像素不符。</translation>
    </message>
    <message>
        <source>The checkpoint is of another network.</source>
        <translation>这个检查点属于另一个网络。</translation>
    </message>
    <message>
        <source>The checkpoint {name} is damaged.</source>
        <translation>检查点 {name} 已损坏。</translation>
    </message>
    <message>
        <source>The colour profile found no place in the file.</source>
        <translation>文件中放不下颜色配置文件。</translation>
    </message>
    <message>
        <source>The colours were multiplied with alpha in the file; they no longer are.</source>
        <translation>文件中的颜色是预乘过 Alpha 的，现已还原。</translation>
    </message>
    <message>
        <source>The ending of {name} names no format.</source>
        <translation>{name} 的扩展名不对应任何格式。</translation>
    </message>
    <message>
        <source>The ending of {name} names no picture of a field.</source>
        <translation>{name} 的扩展名不对应来源场的图片格式。</translation>
    </message>
    <message>
        <source>The file has more channels than colour and alpha; they were left out.</source>
        <translation>文件除颜色和 Alpha 外还有别的通道，未保留。</translation>
    </message>
    <message>
        <source>The file has more than 8 bits per channel; 8 were read.</source>
        <translation>文件每通道多于 8 位，只读取了 8 位。</translation>
    </message>
    <message>
        <source>The file holds several pictures; the first one was read.</source>
        <translation>文件中有多幅图像，只读取了第一幅。</translation>
    </message>
    <message>
        <source>The loss is no number any more at step {step}.</source>
        <translation>在第 {step} 步，损失已不再是有效数值。</translation>
    </message>
    <message>
        <source>The mask covers the whole picture: nothing is left to copy from.</source>
        <translation>蒙版盖住了整幅图像：没有可以复制的地方。</translation>
    </message>
    <message>
        <source>The mask does not fit the picture.</source>
        <translation>蒙版与图像大小不符。</translation>
    </message>
    <message>
        <source>The mask is empty: there is nothing to fill.</source>
        <translation>蒙版是空的：没有可修补的部分。</translation>
    </message>
    <message>
        <source>The mask is {mask} but the picture is {picture}.</source>
        <translation>蒙版是 {mask}，图像却是 {picture}。</translation>
    </message>
    <message>
        <source>The mask&apos;s type is {type}.</source>
        <translation>蒙版的类型是 {type}。</translation>
    </message>
    <message>
        <source>The photographs can no longer be read.</source>
        <translation>照片已无法读取。</translation>
    </message>
    <message>
        <source>The picture is an array of shape {shape} and type {type}.</source>
        <translation>图像是形状为 {shape}、类型为 {type} 的数组。</translation>
    </message>
    <message>
        <source>The picture is {picture}.</source>
        <translation>图像是 {picture}。</translation>
    </message>
    <message>
        <source>The picture was converted from CMYK to sRGB.</source>
        <translation>图像已从 CMYK 转换为 sRGB。</translation>
    </message>
    <message>
        <source>The same network without attention, for comparisons: it paints everything itself.</source>
        <translation>同样的网络但没有注意力，用于比较：全部由它自己画。</translation>
    </message>
    <message>
        <source>The seed is {seed}.</source>
        <translation>随机种子是 {seed}。</translation>
    </message>
    <message>
        <source>The sidecar {name} is damaged.</source>
        <translation>附属文件 {name} 已损坏。</translation>
    </message>
    <message>
        <source>The sidecar {name} is too large.</source>
        <translation>附属文件 {name} 过大。</translation>
    </message>
    <message>
        <source>The source weights are {weights} of type {type}.</source>
        <translation>取样权重是 {weights}，类型为 {type}。</translation>
    </message>
    <message>
        <source>The surroundings are {width} px wide.</source>
        <translation>参考的周围宽 {width} 像素。</translation>
    </message>
    <message>
        <source>The training config is wrong: {problems}.</source>
        <translation>训练配置有误：{problems}。</translation>
    </message>
    <message>
        <source>The weights to begin with are of another network.</source>
        <translation>作为起点的权重属于另一种网络。</translation>
    </message>
    <message>
        <source>The {kind} data found no place in the file.</source>
        <translation>文件中放不下 {kind} 数据。</translation>
    </message>
    <message>
        <source>There are no photographs to learn from.</source>
        <translation>没有可供学习的照片。</translation>
    </message>
    <message>
        <source>There are no weights called {name}.</source>
        <translation>没有名为 {name} 的权重。</translation>
    </message>
    <message>
        <source>There are: yu, pconv.</source>
        <translation>可用的有：yu、pconv。</translation>
    </message>
    <message>
        <source>There are: {known}.</source>
        <translation>可用的有：{known}。</translation>
    </message>
    <message>
        <source>There is no brush of {diameter} px, hardness {hardness}, opacity {opacity}.</source>
        <translation>没有直径 {diameter} 像素、硬度 {hardness}、不透明度 {opacity} 的画笔。</translation>
    </message>
    <message>
        <source>There is no clear object here.</source>
        <translation>这里没有清楚的对象。</translation>
    </message>
    <message>
        <source>There is no engine {engine!r}.</source>
        <translation>没有引擎 {engine!r}。</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>没有文件 {name}。</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>没有文件夹 {folder}。</translation>
    </message>
    <message>
        <source>There is no preset {name!r}.</source>
        <translation>没有名为 {name!r} 的预设。</translation>
    </message>
    <message>
        <source>There is no protocol {protocol!r}.</source>
        <translation>没有 {protocol!r} 这一评测方案。</translation>
    </message>
    <message>
        <source>There is no weight file {name}.</source>
        <translation>没有权重文件 {name}。</translation>
    </message>
    <message>
        <source>There is too little memory for this fill.</source>
        <translation>内存不足，无法完成这次修补。</translation>
    </message>
    <message>
        <source>There is too little memory for this training.</source>
        <translation>内存不足，无法进行这次训练。</translation>
    </message>
    <message>
        <source>These weights have no attention.</source>
        <translation>这些权重没有注意力。</translation>
    </message>
    <message>
        <source>This machine has no device {device} of the number wanted.</source>
        <translation>这台机器没有所需数量的设备 {device}。</translation>
    </message>
    <message>
        <source>Train it again, more slowly.</source>
        <translation>请放慢速度重新训练。</translation>
    </message>
    <message>
        <source>Train them with `main.py train`, or import some.</source>
        <translation>请用 `main.py train` 训练，或导入已有权重。</translation>
    </message>
    <message>
        <source>Train this one, or import weights for it.</source>
        <translation>请训练本网络，或导入适合它的权重。</translation>
    </message>
    <message>
        <source>Uncover a part of the picture.</source>
        <translation>请露出图像的一部分。</translation>
    </message>
    <message>
        <source>Use .flo or .npz.</source>
        <translation>请使用 .flo 或 .npz。</translation>
    </message>
    <message>
        <source>Use .flo or .png.</source>
        <translation>请使用 .flo 或 .png。</translation>
    </message>
    <message>
        <source>Use an earlier one.</source>
        <translation>请使用更早的检查点。</translation>
    </message>
    <message>
        <source>Use another --out folder, or the same settings as before: {before}.</source>
        <translation>请换一个 --out 文件夹，或沿用先前的设置：{before}。</translation>
    </message>
    <message>
        <source>Use another --out folder.</source>
        <translation>请换一个 --out 文件夹。</translation>
    </message>
    <message>
        <source>Use another copy of it.</source>
        <translation>请使用它的另一份副本。</translation>
    </message>
    <message>
        <source>Use one of {endings}.</source>
        <translation>请使用以下之一：{endings}。</translation>
    </message>
    <message>
        <source>Use the version that wrote it.</source>
        <translation>请使用写出它的那个版本。</translation>
    </message>
    <message>
        <source>Use them for the baseline.</source>
        <translation>请把它们用于基线。</translation>
    </message>
    <message>
        <source>Weights: {title}.</source>
        <translation>权重：{title}。</translation>
    </message>
    <message>
        <source>Where to is not said.</source>
        <translation>没有说明输出到哪里。</translation>
    </message>
    <message>
        <source>Write KEY=VALUE, as in data.side=128.</source>
        <translation>请写成 KEY=VALUE，例如 data.side=128。</translation>
    </message>
    <message>
        <source>Write KEY=VALUE, without spaces.</source>
        <translation>请写成 KEY=VALUE，不带空格。</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>generated</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>one of {choices}</source>
        <translation>以下之一：{choices}</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>recipe.layer names an option that attention has not.</source>
        <translation>recipe.layer 中有注意力层没有的选项。</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>“是”或“否”</translation>
    </message>
    <message>
        <source>{engine} borrows nothing, so it cannot be told where from.</source>
        <translation>{engine} 不取样，因此无法指定从哪里取样。</translation>
    </message>
    <message>
        <source>{engine} cannot be given a source for a pixel.</source>
        <translation>{engine} 不能为像素指定来源。</translation>
    </message>
    <message>
        <source>{engine} has no option {key!r}.</source>
        <translation>{engine} 没有选项 {key!r}。</translation>
    </message>
    <message>
        <source>{folder} cannot be made: {reason}.</source>
        <translation>无法创建 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>{folder} could not be made: {reason}.</source>
        <translation>无法建立 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>{folder} holds a run already.</source>
        <translation>{folder} 里已有一次训练。</translation>
    </message>
    <message>
        <source>{folder} holds figures of another {changed}.</source>
        <translation>{folder} 中的数据属于另一个 {changed}。</translation>
    </message>
    <message>
        <source>{folder} holds no files.</source>
        <translation>{folder} 中没有文件。</translation>
    </message>
    <message>
        <source>{format} cannot be written with quality {quality}.</source>
        <translation>{format} 不能以品质 {quality} 存储。</translation>
    </message>
    <message>
        <source>{format} holds 8 bits per channel and the picture has {depth}.</source>
        <translation>{format} 每通道只有 8 位，而图像有 {depth} 位。</translation>
    </message>
    <message>
        <source>{format} holds no transparency and the picture has some.</source>
        <translation>{format} 不支持透明，而图像有透明部分。</translation>
    </message>
    <message>
        <source>{key} is no setting.</source>
        <translation>{key} 不是设置项。</translation>
    </message>
    <message>
        <source>{key} is not finite in half precision.</source>
        <translation>{key} 在半精度下不是有限值。</translation>
    </message>
    <message>
        <source>{label} cannot be {value!r}.</source>
        <translation>“{label}”不能是 {value!r}。</translation>
    </message>
    <message>
        <source>{low:g} to {high:g}</source>
        <translation> {low:g} 到 {high:g}</translation>
    </message>
    <message>
        <source>{low:g} to {high:g} in steps of {step:g}</source>
        <translation> {low:g} 到 {high:g}，每步 {step:g}</translation>
    </message>
    <message>
        <source>{name} cannot be read as {kind}.</source>
        <translation>无法把 {name} 作为 {kind} 读取。</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>无法读取 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} could not be written as {format}: {reason}</source>
        <translation>无法把 {name} 存为 {format}：{reason}</translation>
    </message>
    <message>
        <source>{name} could not be written: {reason}.</source>
        <translation>无法写入 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} does not end in .safetensors.</source>
        <translation>{name} 的扩展名不是 .safetensors。</translation>
    </message>
    <message>
        <source>{name} does not exist.</source>
        <translation>{name} 不存在。</translation>
    </message>
    <message>
        <source>{name} exists, or does not end in .safetensors.</source>
        <translation>{name} 已存在，或扩展名不是 .safetensors。</translation>
    </message>
    <message>
        <source>{name} has another size or depth than the picture.</source>
        <translation>{name} 的大小或位深与图像不同。</translation>
    </message>
    <message>
        <source>{name} has no sidecar.</source>
        <translation>{name} 没有附属文件。</translation>
    </message>
    <message>
        <source>{name} has no {key}: it is another kind of checkpoint.</source>
        <translation>{name} 中没有 {key}：它是另一种检查点。</translation>
    </message>
    <message>
        <source>{name} holds no table.</source>
        <translation>{name} 里没有表。</translation>
    </message>
    <message>
        <source>{name} holds the weights of another network.</source>
        <translation>{name} 里是另一个网络的权重。</translation>
    </message>
    <message>
        <source>{name} holds {kind} values, which cannot be read.</source>
        <translation>{name} 的数值类型是 {kind}，无法读取。</translation>
    </message>
    <message>
        <source>{name} is a damaged project.</source>
        <translation>项目 {name} 已损坏。</translation>
    </message>
    <message>
        <source>{name} is a folder.</source>
        <translation>{name} 是文件夹。</translation>
    </message>
    <message>
        <source>{name} is damaged: it is not what its sidecar describes.</source>
        <translation>{name} 已损坏：与附属文件所述不符。</translation>
    </message>
    <message>
        <source>{name} is damaged: {reason}.</source>
        <translation>{name} 已损坏：{reason}。</translation>
    </message>
    <message>
        <source>{name} is no checkpoint of this version.</source>
        <translation>{name} 不是本版本的检查点。</translation>
    </message>
    <message>
        <source>{name} is no checkpoint, or holds more than tensors.</source>
        <translation>{name} 不是检查点，或含有张量以外的内容。</translation>
    </message>
    <message>
        <source>{name} is no config: {reason}.</source>
        <translation>{name} 不是配置文件：{reason}。</translation>
    </message>
    <message>
        <source>{name} is no file.</source>
        <translation>{name} 不是文件。</translation>
    </message>
    <message>
        <source>{name} is no safetensors file.</source>
        <translation>{name} 不是 safetensors 文件。</translation>
    </message>
    <message>
        <source>{name} is not a picture that can be read.</source>
        <translation>{name} 不是可以读取的图片。</translation>
    </message>
    <message>
        <source>{name} is not a whole Lacuna project.</source>
        <translation>{name} 不是完整的 Lacuna 项目。</translation>
    </message>
    <message>
        <source>{name} is of another network: {layer} has the shape {shape}.</source>
        <translation>{name} 属于另一种网络：{layer} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>{name} is of the kind {kind}, which cannot be read.</source>
        <translation>{name} 属于 {kind} 类型，无法读取。</translation>
    </message>
    <message>
        <source>{name} is too large for a config.</source>
        <translation>{name} 太大，不像配置文件。</translation>
    </message>
    <message>
        <source>{name} is too large for weights.</source>
        <translation>{name} 过大，不像是权重。</translation>
    </message>
    <message>
        <source>{name} is too large.</source>
        <translation>{name} 太大。</translation>
    </message>
    <message>
        <source>{name} is too small to learn from.</source>
        <translation>{name} 太小，无法用来学习。</translation>
    </message>
    <message>
        <source>{name} is too small.</source>
        <translation>{name} 太小。</translation>
    </message>
    <message>
        <source>{name} is transparent in places.</source>
        <translation>{name} 有透明的地方。</translation>
    </message>
    <message>
        <source>{name} may not be read.</source>
        <translation>没有读取 {name} 的权限。</translation>
    </message>
    <message>
        <source>{name} was made by a newer Lacuna.</source>
        <translation>{name} 是用更新版本的 Lacuna 制作的。</translation>
    </message>
    <message>
        <source>{name}: {key} holds {type}, not floats.</source>
        <translation>{name}：{key} 存放的是 {type}，不是浮点数。</translation>
    </message>
    <message>
        <source>{name}: {key} is not finite.</source>
        <translation>{name}：{key} 不是有限值。</translation>
    </message>
    <message>
        <source>{pair!r} is no option.</source>
        <translation>{pair!r} 不是选项。</translation>
    </message>
    <message>
        <source>{pair!r} is no setting.</source>
        <translation>{pair!r} 不是设置项。</translation>
    </message>
    <message>
        <source>{path} is damaged.</source>
        <translation>{path} 已损坏。</translation>
    </message>
    <message>
        <source>{path} is damaged: {reason}.</source>
        <translation>{path} 已损坏：{reason}。</translation>
    </message>
    <message>
        <source>{photograph}: {hole}, {engine}</source>
        <translation>{photograph}：{hole}，用 {engine}</translation>
    </message>
    <message>
        <source>{run} has no checkpoint.</source>
        <translation>{run} 里没有检查点。</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Fill</source>
        <translation>修补</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>Drops</name>
    <message>
        <source>What was dropped is a web address, and nothing is fetched from the network.</source>
        <translation>拖入的是网址，而本程序不从网络取任何东西。</translation>
    </message>
    <message>
        <source>Copy the picture itself and paste it.</source>
        <translation>请复制图片本身，然后粘贴。</translation>
    </message>
</context>
<context>
    <name>EnginePanel</name>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Lacuna has a bug</source>
        <translation>Lacuna 出错了</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Also written to {path}</source>
        <translation>已同时写入 {path}</translation>
    </message>
    <message>
        <source>Save a recovery copy…</source>
        <translation>存储恢复副本…</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>Open the log</source>
        <translation>打开日志</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export the picture</source>
        <translation>导出图像</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Keep camera data, place and copyright</source>
        <translation>保留相机数据、地点和版权</translation>
    </message>
    <message>
        <source>Like the source</source>
        <translation>与原文件相同</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品质</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>元数据</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>in {folder}</source>
        <translation>在 {folder}</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>{format} compresses anew: known pixels change a little; it is measured after saving.</source>
        <translation>{format} 会重新压缩：原有像素会有少许变化，存储后会测量。</translation>
    </message>
    <message>
        <source>Metadata are left out; the colour profile stays.</source>
        <translation>不保留元数据；颜色配置文件保留。</translation>
    </message>
    <message>
        <source>This replaces the original photograph.</source>
        <translation>这会替换原来的照片。</translation>
    </message>
    <message>
        <source>Lossless: 0 of {count} known pixels change.</source>
        <translation>无损：{count} 个原有像素中有 0 个改变。</translation>
    </message>
    <message>
        <source>There is no such folder any more.</source>
        <translation>这个文件夹已不存在。</translation>
    </message>
    <message>
        <source>All {depth} bits per channel are kept.</source>
        <translation>保留每通道全部 {depth} 位。</translation>
    </message>
    <message>
        <source>{format} holds no metadata and no colour profile.</source>
        <translation>{format} 不支持元数据和颜色配置文件。</translation>
    </message>
    <message>
        <source>The name needs the ending {suffix}.</source>
        <translation>名称需要以 {suffix} 结尾。</translation>
    </message>
    <message>
        <source>A file of this name is replaced.</source>
        <translation>同名的文件会被替换。</translation>
    </message>
</context>
<context>
    <name>FileFlow</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Pictures and projects</source>
        <translation>图片和项目</translation>
    </message>
    <message>
        <source>Open a photograph</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>Open a folder of photographs</source>
        <translation>打开照片文件夹</translation>
    </message>
    <message>
        <source>There is no picture in {folder}.</source>
        <translation>{folder} 中没有图片。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择别的文件夹。</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>剪贴板上没有图片。</translation>
    </message>
    <message>
        <source>Copy a picture first.</source>
        <translation>请先复制一张图片。</translation>
    </message>
    <message>
        <source>There is no further picture in this folder.</source>
        <translation>这个文件夹里没有更多图片了。</translation>
    </message>
    <message>
        <source>Saved {name}: 0 of {count} known pixels changed.</source>
        <translation>已存储 {name}：{count} 个原有像素中有 0 个改变。</translation>
    </message>
    <message>
        <source>Saved {name}: by recompression, known pixels changed by at most {most}.</source>
        <translation>已存储 {name}：重新压缩使原有像素最多改变了 {most}。</translation>
    </message>
    <message>
        <source>Lacuna project</source>
        <translation>Lacuna 项目</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>存储项目</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未存储的更改</translation>
    </message>
    <message>
        <source>The picture has changes that are not saved. Save them?</source>
        <translation>图像有未存储的更改。要存储吗？</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>已存储 {name}</translation>
    </message>
</context>
<context>
    <name>FillHud</name>
    <message>
        <source>Progress of the fill</source>
        <translation>修补进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the fill</source>
        <translation>取消修补</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>{stage}  ·  {percent} %</source>
        <translation>{stage}  ·  {percent}%</translation>
    </message>
</context>
<context>
    <name>Filling</name>
    <message>
        <source>This fill takes about {needed} MB; {allowed} MB are allowed.</source>
        <translation>这次修补约需 {needed} MB，而只允许 {allowed} MB。</translation>
    </message>
    <message>
        <source>Fill a smaller hole, or allow more in the preferences.</source>
        <translation>请修补小一些的空洞，或在首选项中允许更多内存。</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Photographs of the folder</source>
        <translation>文件夹中的照片</translation>
    </message>
</context>
<context>
    <name>HintChip</name>
    <message>
        <source>Do it</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>Close the hint</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>Paint over what should go. Enter fills.</source>
        <translation>涂抹要去掉的部分，按回车修补。</translation>
    </message>
    <message>
        <source>What should go is marked already. Enter fills.</source>
        <translation>要去掉的已经选好。按回车修补。</translation>
    </message>
    <message>
        <source>Where did this come from?</source>
        <translation>这是从哪里来的？</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>看看</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>魔棒</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Weak spot</source>
        <translation>薄弱点</translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation>反转蒙版</translation>
    </message>
    <message>
        <source>Mask everything</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Clear mask</source>
        <translation>清除蒙版</translation>
    </message>
    <message>
        <source>Last mask again</source>
        <translation>恢复上次的蒙版</translation>
    </message>
    <message>
        <source>Mask from file</source>
        <translation>导入蒙版</translation>
    </message>
    <message>
        <source>Never from here</source>
        <translation>不从此处取样</translation>
    </message>
    <message>
        <source>Only from here</source>
        <translation>只从此处取样</translation>
    </message>
    <message>
        <source>Gladly from here</source>
        <translation>优先从此处取样</translation>
    </message>
    <message>
        <source>Wipe source rules</source>
        <translation>擦除取样规则</translation>
    </message>
    <message>
        <source>Clear source rules</source>
        <translation>清除取样规则</translation>
    </message>
    <message>
        <source>Restore original</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>修补</translation>
    </message>
    <message>
        <source>Another source</source>
        <translation>更换来源</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Mask shape</source>
        <translation>蒙版调整</translation>
    </message>
    <message>
        <source>Source area</source>
        <translation>取样范围</translation>
    </message>
    <message>
        <source>Pins</source>
        <translation>指定来源</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>The colour at a place of the wheel means: copied from over there.</source>
        <translation>色轮上某处的颜色表示：从那个方向复制而来。</translation>
    </message>
    <message>
        <source>From little, below, to much, above.</source>
        <translation>自下而上，由少到多。</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>可信</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>often</source>
        <translation>多次</translation>
    </message>
    <message>
        <source>once</source>
        <translation>一次</translation>
    </message>
</context>
<context>
    <name>LoupePair</name>
    <message>
        <source>The filled pixel and its source, magnified</source>
        <translation>放大显示补出的像素和它的来源</translation>
    </message>
</context>
<context>
    <name>LoupePlate</name>
    <message>
        <source>dx {dx}, dy {dy} px</source>
        <translation>dx {dx}，dy {dy} 像素</translation>
    </message>
    <message>
        <source>attention elsewhere {share} %</source>
        <translation>别处的注意力 {share} %</translation>
    </message>
    <message>
        <source>by way of an earlier fill</source>
        <translation>经由先前的一次修补</translation>
    </message>
    <message>
        <source>by way of {count} earlier fills</source>
        <translation>经由先前的 {count} 次修补</translation>
    </message>
    <message>
        <source>Drag the yellow dot to another source.</source>
        <translation>把黄点拖到别的来源。</translation>
    </message>
    <message>
        <source>Click to hold it.</source>
        <translation>单击锁定。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Panels</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>MaskFlow</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Open a mask</source>
        <translation>打开蒙版</translation>
    </message>
    <message>
        <source>Save the mask</source>
        <translation>存储蒙版</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>已存储 {name}</translation>
    </message>
</context>
<context>
    <name>MaskPanel</name>
    <message>
        <source>Grow</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Close pinholes</source>
        <translation>填小孔</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>洋红</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Cyan</source>
        <translation>青色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Veil</source>
        <translation>覆色</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Marching ants</source>
        <translation>蚂蚁线</translation>
    </message>
    <message>
        <source>Mask colour</source>
        <translation>蒙版颜色</translation>
    </message>
    <message>
        <source>Mask style</source>
        <translation>蒙版样式</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>显示为</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
</context>
<context>
    <name>OptionStrip</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Borrow</source>
        <translation>取样</translation>
    </message>
    <message>
        <source>0 % = never from here, 100 % = as everywhere, 200 % = preferred.</source>
        <translation>0% = 不从此处取样，100% = 与别处相同，200% = 优先取样。</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Only what touches</source>
        <translation>连续</translation>
    </message>
    <message>
        <source>What a new shape does to the mask</source>
        <translation>新选区对蒙版的作用</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>减去</translation>
    </message>
    <message>
        <source>Keep common</source>
        <translation>交叉</translation>
    </message>
</context>
<context>
    <name>OriginFlow</name>
    <message>
        <source>Save where every pixel came from</source>
        <translation>保存每个像素的来源</translation>
    </message>
    <message>
        <source>There is {names} already. Replace it?</source>
        <translation>已经有 {names}。要替换吗？</translation>
    </message>
    <message>
        <source>Saved {name}, its sources and its table</source>
        <translation>已保存 {name} 及其来源图和表格</translation>
    </message>
</context>
<context>
    <name>OverlayPanel</name>
    <message>
        <source>Show where it came from</source>
        <translation>显示来源</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Colour wheel</source>
        <translation>色轮</translation>
    </message>
    <message>
        <source>Colour-blind safe</source>
        <translation>色盲友好</translation>
    </message>
    <message>
        <source>Wheel of the papers</source>
        <translation>论文中的色轮</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>间距</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Least certainty</source>
        <translation>最低可信度</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>Only inside the mask</source>
        <translation>仅在蒙版内</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>How often used</source>
        <translation>使用次数</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>可信度</translation>
    </message>
    <message>
        <source>The colour points to where a pixel was copied from. The rim is {distance} px away.</source>
        <translation>颜色指向像素复制自哪个方向；色轮边缘代表 {distance} 像素。</translation>
    </message>
    <message>
        <source>From filled pixels to their sources. Red: a poor fit; white: a good one.</source>
        <translation>从补出的像素指向来源。红色：不太吻合；白色：吻合。</translation>
    </message>
    <message>
        <source>The brighter, the more often a place was copied. Often means repetition.</source>
        <translation>越亮，被复制的次数越多。次数多意味着重复。</translation>
    </message>
    <message>
        <source>How well the copied pieces fit. F2 goes to the next weak spot.</source>
        <translation>复制来的图块有多吻合。F2 转到下一处薄弱点。</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>The preferences could not be read and are as at the first start.</source>
        <translation>无法读取首选项，已恢复为初始设置。</translation>
    </message>
    <message>
        <source>The preferences were damaged and are as at the first start. The old file is {name}.</source>
        <translation>首选项已损坏，已恢复为初始设置。旧文件是 {name}。</translation>
    </message>
    <message>
        <source>Some preferences made no sense and are as at the first start: {names}. The old file is {file}.</source>
        <translation>部分首选项无效，已恢复为初始设置：{names}。旧文件是 {file}。</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Every choice as at the first start; keys and recent files stay.</source>
        <translation>所有选择恢复为初始设置；快捷键和最近的文件保留。</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>May move and blink</source>
        <translation>允许移动和闪烁</translation>
    </message>
    <message>
        <source>Stands still</source>
        <translation>保持静止</translation>
    </message>
    <message>
        <source>The screen</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改快捷键…</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>更改快捷键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Fill every stroke as soon as it ends</source>
        <translation>每画完一笔就修补</translation>
    </message>
    <message>
        <source>Zooms</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Scrolls; zooms with Ctrl</source>
        <translation>滚动；按 Ctrl 缩放</translation>
    </message>
    <message>
        <source>Mouse wheel</source>
        <translation>鼠标滚轮</translation>
    </message>
    <message>
        <source>The brush&apos;s rim</source>
        <translation>画笔的边缘</translation>
    </message>
    <message>
        <source>A cross</source>
        <translation>十字</translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation>指针</translation>
    </message>
    <message>
        <source>A pen&apos;s pressure changes the size</source>
        <translation>笔压改变大小</translation>
    </message>
    <message>
        <source>A pen&apos;s pressure changes the hardness</source>
        <translation>笔压改变硬度</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Smooth strokes</source>
        <translation>平滑笔触</translation>
    </message>
    <message>
        <source>Its opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>性能</translation>
    </message>
    <message>
        <source>Hardness of the brush</source>
        <translation>画笔的硬度</translation>
    </message>
    <message>
        <source>Opacity of the brush</source>
        <translation>画笔的不透明度</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>处理器线程</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Memory for undo</source>
        <translation>撤销用内存</translation>
    </message>
    <message>
        <source>What is free</source>
        <translation>可用的内存</translation>
    </message>
    <message>
        <source>Memory for a fill</source>
        <translation>修补用内存</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉红</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Veil</source>
        <translation>覆色</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Marching ants</source>
        <translation>蚂蚁线</translation>
    </message>
    <message>
        <source>Its style</source>
        <translation>蒙版样式</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>How often used</source>
        <translation>使用次数</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>可信度</translation>
    </message>
    <message>
        <source>Source view</source>
        <translation>来源视图</translation>
    </message>
    <message>
        <source>All hues</source>
        <translation>全色相</translation>
    </message>
    <message>
        <source>Blue to yellow</source>
        <translation>蓝到黄</translation>
    </message>
    <message>
        <source>As in papers</source>
        <translation>与论文相同</translation>
    </message>
    <message>
        <source>Its colours</source>
        <translation>视图配色</translation>
    </message>
    <message>
        <source>View&apos;s opacity</source>
        <translation>视图不透明度</translation>
    </message>
</context>
<context>
    <name>RecoveredDialog</name>
    <message>
        <source>Unsaved work</source>
        <translation>未存储的工作</translation>
    </message>
    <message>
        <source>Lacuna ended unexpectedly. Nothing has to be lost.</source>
        <translation>Lacuna 意外结束了。您的工作不必丢失。</translation>
    </message>
    <message>
        <source>This is what was on the table. What you leave is offered again next time.</source>
        <translation>以下是当时的工作。留下的下次还会提供。</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>It is damaged and cannot be opened.</source>
        <translation>它已损坏，无法打开。</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Kept {time}</source>
        <translation>保存于 {time}</translation>
    </message>
    <message>
        <source>Discard unsaved work</source>
        <translation>丢弃未存储的工作</translation>
    </message>
    <message>
        <source>What was done to {name} is lost for good. Discard it?</source>
        <translation>对 {name} 所做的工作将永久丢失。要丢弃吗？</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>Bull moose</source>
        <translation>公驼鹿</translation>
    </message>
    <message>
        <source>Jetty in the Maldives</source>
        <translation>马尔代夫的栈桥</translation>
    </message>
    <message>
        <source>Picos de Europa</source>
        <translation>欧罗巴山</translation>
    </message>
</context>
<context>
    <name>ShortcutEditor</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Search a command or a key</source>
        <translation>搜索命令或按键</translation>
    </message>
    <message>
        <source>Keys &amp;like</source>
        <translation>按键方案(&amp;L)</translation>
    </message>
    <message>
        <source>Keys like</source>
        <translation>按键方案</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其按键</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Or</source>
        <translation>或</translation>
    </message>
    <message>
        <source>Remove this key.</source>
        <translation>移除这个按键。</translation>
    </message>
    <message>
        <source>Remove this key</source>
        <translation>移除这个按键</translation>
    </message>
    <message>
        <source>Give this command the keys it came with.</source>
        <translation>恢复这个命令原来的按键。</translation>
    </message>
    <message>
        <source>Use it here</source>
        <translation>改用于此</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>My own</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Choose a command.</source>
        <translation>请选择一个命令。</translation>
    </message>
    <message>
        <source>{key} already means: {command}.</source>
        <translation>{key} 已经用于：{command}。</translation>
    </message>
    <message>
        <source>Your own keys</source>
        <translation>自定义按键</translation>
    </message>
    <message>
        <source>Your own keys will be forgotten. Go on?</source>
        <translation>自定义按键将被清除。要继续吗？</translation>
    </message>
</context>
<context>
    <name>SourceOverlay</name>
    <message>
        <source>Nothing has been filled yet.</source>
        <translation>还没有修补过。</translation>
    </message>
</context>
<context>
    <name>SourcePanel</name>
    <message>
        <source>Source area</source>
        <translation>取样范围</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Ring around the hole</source>
        <translation>空洞周围一圈</translation>
    </message>
    <message>
        <source>Box around the hole</source>
        <translation>空洞周围的方框</translation>
    </message>
    <message>
        <source>Left and right of it</source>
        <translation>空洞左右</translation>
    </message>
    <message>
        <source>Above and below it</source>
        <translation>空洞上下</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>整幅图像</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>范围</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Red is never borrowed, green only or gladly. The next fill heeds it.</source>
        <translation>红色处不取样，绿色处只从此取或优先取。下次修补时生效。</translation>
    </message>
    <message>
        <source>{count} pins hold dragged sources.</source>
        <translation>{count} 处来源由拖动指定。</translation>
    </message>
    <message>
        <source>This engine copies nothing: it cannot be told where from.</source>
        <translation>这个引擎不复制像素：无法指定来源。</translation>
    </message>
</context>
<context>
    <name>SourceProbe</name>
    <message>
        <source>original pixel</source>
        <translation>原有像素</translation>
    </message>
    <message>
        <source>source has changed since</source>
        <translation>来源后来有改动</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Paint over what should go. See where the rest came from.</source>
        <translation>涂抹要去掉的，看清补上的从何而来。</translation>
    </message>
    <message>
        <source>Or try one of these</source>
        <translation>或者试试这些照片</translation>
    </message>
    <message>
        <source>Works offline. {engine} is ready on {count} processor threads.</source>
        <translation>离线运行。{engine} 已就绪，使用 {count} 个处理器线程。</translation>
    </message>
    <message>
        <source>Drop a photograph here</source>
        <translation>把照片拖到这里</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Opened before: {name}</source>
        <translation>曾经打开：{name}</translation>
    </message>
    <message>
        <source>Sample: {title}</source>
        <translation>示例：{title}</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Pointer position</source>
        <translation>指针位置</translation>
    </message>
    <message>
        <source>Source of the pixel</source>
        <translation>像素的来源</translation>
    </message>
    <message>
        <source>Size of the mask, and what filling it takes</source>
        <translation>蒙版的大小，以及修补所需的时间和内存</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Time of the last fill</source>
        <translation>上次修补所用时间</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Filled in {seconds} s</source>
        <translation>用时 {seconds} 秒</translation>
    </message>
    <message>
        <source>Mask {percent} %</source>
        <translation>蒙版 {percent}%</translation>
    </message>
    <message>
        <source>Nothing marked</source>
        <translation>未选取</translation>
    </message>
    <message>
        <source>about {seconds} s, {megabytes} MB</source>
        <translation>约 {seconds} 秒，{megabytes} MB</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Right-drag or Alt erases · Shift: straight lines</source>
        <translation>右键拖动或按 Alt 擦除 · 按 Shift 画直线</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Right-drag or Alt paints · Shift: straight lines</source>
        <translation>右键拖动或按 Alt 涂抹 · 按 Shift 画直线</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Draw around it · Shift adds, Alt takes away</source>
        <translation>沿边缘圈选 · Shift 添加，Alt 减去</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Click corners · Enter or double click closes · Backspace takes one back</source>
        <translation>单击各个角点 · 回车或双击闭合 · 退格键退回一点</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Drag · Shift adds, Alt takes away</source>
        <translation>拖动 · Shift 添加，Alt 减去</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>魔棒</translation>
    </message>
    <message>
        <source>Click a colour; drag right for more, left for less</source>
        <translation>单击一种颜色；向右拖选得更多，向左更少</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Click an object or drag a box around it; then press Enter</source>
        <translation>单击对象或框住它，再按回车</translation>
    </message>
    <message>
        <source>Never from here</source>
        <translation>不从此处取样</translation>
    </message>
    <message>
        <source>Paint what is not to be borrowed · Alt wipes</source>
        <translation>涂抹不许取样的区域 · Alt 擦除</translation>
    </message>
    <message>
        <source>Only from here</source>
        <translation>只从此处取样</translation>
    </message>
    <message>
        <source>Paint what may be borrowed · Alt wipes</source>
        <translation>涂抹允许取样的区域 · Alt 擦除</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Brush the original photograph back</source>
        <translation>用画笔恢复原来的照片</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>探针</translation>
    </message>
    <message>
        <source>Point at a filled pixel · click locks · drag the yellow dot elsewhere</source>
        <translation>指向补出的像素 · 单击锁定 · 把黄点拖到别处</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>抓手</translation>
    </message>
    <message>
        <source>Drag the picture · Space does it with any tool</source>
        <translation>拖动图像 · 用任何工具时都可按住空格拖动</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Click to come closer, Alt+click to step back</source>
        <translation>单击放大，Alt+单击缩小</translation>
    </message>
</context>
<context>
    <name>VariantBar</name>
    <message>
        <source>Variant {number}</source>
        <translation>方案 {number}</translation>
    </message>
</context>
<context>
    <name>WeakSpots</name>
    <message>
        <source>Weak spot {number} of {count}</source>
        <translation>薄弱点 {number}/{count}</translation>
    </message>
    <message>
        <source>No weak spot was found.</source>
        <translation>没有找到薄弱点。</translation>
    </message>
    <message>
        <source>Fill what is marked first, or clear the mask.</source>
        <translation>请先修补已标记处，或清除蒙版。</translation>
    </message>
</context>
<context>
    <name>_Pictures</name>
    <message>
        <source>{name}, open</source>
        <translation>{name}，已打开</translation>
    </message>
</context>
<context>
    <name>crash</name>
    <message>
        <source>Something went wrong inside Lacuna.</source>
        <translation>Lacuna 内部出错了。</translation>
    </message>
    <message>
        <source>Your picture is still open. Please report this with the text below.</source>
        <translation>您的图像仍然打开着。请附上下面的文字报告此问题。</translation>
    </message>
</context>
</TS>
