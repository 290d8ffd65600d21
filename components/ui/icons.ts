interface Stroke {
  d: string;
  /** Stroke width where it is not the usual 1.4. */
  width?: number;
  dash?: string;
  filled?: boolean;
}

/** Path data on a 16 px grid; square corners, stroke 1.4. */
export const icons = {
  chat: "M2.5 3.5h11v7h-6l-3 3v-3h-2zM5.5 6h5M5.5 8h3",
  prompt: "M2.5 2.5h11v11h-11zM5 6l2 2-2 2M8.5 10.5H11",
  agent: [
    { d: "M6 8a2 2 0 1 0 4 0a2 2 0 1 0 -4 0" },
    { d: "M2.3 8a5.7 5.7 0 1 0 11.4 0a5.7 5.7 0 1 0 -11.4 0", dash: "7 3" },
  ],
  model: "M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9zM2.6 4.9L8 8l5.4-3.1M8 8v6.2",
  evaluation: "M2.5 2.5h11v11h-11zM5 8.2l2.1 2.1L11 5.8",
  review: "M5.5 5.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M3 13.5c.5-2.8 2.4-4 5-4s4.5 1.2 5 4",
  catalog: "M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5H9z",
  lineage: "M2 2.5h3.5V6H2zM2 10h3.5v3.5H2zM10.5 6.2H14v3.6h-3.5zM5.5 4.2h2v7.5h-2M7.5 8h3",
  index:
    "M2.5 7a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0M10.3 10.3l3.2 3.2M5.2 7h.01M7 5.2h.01M8.8 7h.01M7 8.8h.01",
  endpoint: "M5.8 8a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0M1.5 8h4.3M10.2 8h4.3M12.5 6l2 2-2 2",
  trace: [{ d: "M2 3.5h6M4.5 6.5h7M6.5 9.5h4M9 12.5h5", width: 2 }],
  schema: "M2.5 4.5l5.5-2.5 5.5 2.5-5.5 2.5zM2.5 8l5.5 2.5L13.5 8M2.5 11.5L8 14l5.5-2.5",
  table: "M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.9h11M6.5 6.2v7.3",
  view: [{ d: "M2.5 2.5h11v11h-11z", dash: "2 1.7" }, { d: "M2.5 6.2h11" }],
  volume: "M2 4.5h4.5l1.5 1.7h6v7H2z",
  document: "M4 2h5l3.5 3.5V14H4zM9 2v3.5h3.5M6 8.5h4.5M6 11h3",
  chunks: "M2.5 2.5h11v3h-11zM2.5 8h6.5v2.5H2.5zM11 8h2.5v2.5H11zM2.5 12.8h3.5",
  function: "M2.5 2.5h11v11h-11zM9.8 5c-1.6-.4-2 .4-2.2 1.8L7 10c-.2 1.2-.7 1.6-1.6 1.4M6 7.5h3.3",
  shield: "M8 1.8l5.2 1.9v4c0 3.2-2.2 5.4-5.2 6.5-3-1.1-5.2-3.3-5.2-6.5v-4z",
  audit: "M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h2.5",
  browser: "M2 3h12v10H2zM2 6h12M4.2 4.5h.01M6.2 4.5h.01",
  server: "M2.5 2.5h11v4.7h-11zM2.5 8.8h11v4.7h-11zM5 4.8h.01M5 11.1h.01",
  remote: "M9 2.5h4.5V7M13.5 2.5L7.5 8.5M6.5 3.5h-4v10h10v-4",
  search: "M2.5 7a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0M10.3 10.3l3.2 3.2",
  moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z",
  sun: "M5.2 8a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0M8 1.5v1.8M8 12.7v1.8M1.5 8h1.8M12.7 8h1.8M3.4 3.4l1.3 1.3M11.3 11.3l1.3 1.3M3.4 12.6l1.3-1.3M11.3 4.7l1.3-1.3",
  screen: "M2 3h12v8.5H2zM5.5 14h5M8 11.5V14",
  filter: "M2.5 3.5h11M4.5 8h7M6.5 12.5h3",
  "chevron-down": "M4.5 6.5L8 10l3.5-3.5",
  "chevron-up": "M4.5 9.5L8 6l3.5 3.5",
  "chevron-left": "M9.5 4.5L6 8l3.5 3.5",
  "chevron-right": "M6.5 4.5L10 8l-3.5 3.5",
  lock: "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  key: "M2.3 10.8a2.9 2.9 0 1 0 5.8 0a2.9 2.9 0 1 0 -5.8 0M7.3 8.7L13.2 2.8M10.6 5.4l2.3 2.3",
  tag: "M2.5 2.5h5l6 6-5 5-6-6zM5.2 5.2h.01",
  eye: "M1.8 8C3.3 5.2 5.5 3.8 8 3.8s4.7 1.4 6.2 4.2c-1.5 2.8-3.7 4.2-6.2 4.2S3.3 10.8 1.8 8zM6.1 8a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0 -3.8 0",
  plus: "M8 3v10M3 8h10",
  people:
    "M3.7 5.7a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M1.5 13c.5-2.5 2.2-3.7 4.5-3.7s4 1.2 4.5 3.7M10.5 3.6a2.3 2.3 0 0 1 0 4.2M12 9.6c1.4.5 2.2 1.6 2.5 3.4",
  person: "M5.3 5.5a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0 -5.4 0M2.8 13.8c.6-3 2.5-4.3 5.2-4.3s4.6 1.3 5.2 4.3",
  robot: "M3 6h10v7.5H3zM8 6V3M6 9.2v1M10 9.2v1",
  enter: "M13 3.5v5H4M6.5 6L4 8.5 6.5 11",
  "arrow-right": "M2.5 8h11M10 4.5L13.5 8 10 11.5",
  close: "M4 4l8 8M12 4l-8 8",
  history: "M3 8a5 5 0 1 0 1.5-3.5M3 2.5v3h3M8 5.5V8l2 1.5",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  check: "M3 8.5l3.3 3.3L13 4.8",
  code: "M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5",
  download: "M8 2.5V10M5 7.2l3 3 3-3M3 13.5h10",
  share: "M8 10V2.5M5 5l3-3 3 3M3 9v4.5h10V9",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  warning: "M8 2.2l6.2 11H1.8zM8 6.5v3M8 11.3h.01",
  again: "M13 8a5 5 0 1 1-1.5-3.5M13 2.5v3h-3",
  expand: "M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5l-5 5M2.5 13.5l5-5",
  pause: [{ d: "M5.5 4v8M10.5 4v8", width: 2.2 }],
  bookmark: "M4 2.5h8v11L8 10.5l-4 3z",
  stop: [{ d: "M4.5 4.5h7v7h-7z", filled: true }],
  play: [{ d: "M5 3.5l7.5 4.5L5 12.5z", filled: true }],
  more: [{ d: "M3.5 8h.01M8 8h.01M12.5 8h.01", width: 2.2 }],
  branch:
    "M3 3.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0M3 12.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0M10 5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0M4.5 5v6M11.5 6.5c0 2.5-4 2-6.5 3.5",
  info: "M2.2 8a5.8 5.8 0 1 0 11.6 0a5.8 5.8 0 1 0 -11.6 0M8 7.3v3.4M8 5.2h.01",
  pin: "M8 9.5v4.5M5 2.5h6l-1 4 1.5 3h-7L6 6.5z",
  trash: "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.6 9h5.8l.6-9M6.8 7v4M9.2 7v4",
  pencil: "M3 13l.6-2.6L10.5 3.5l2 2-6.9 6.9zM9 5l2 2",
  "sign-out": "M6.5 2.5h-4v11h4M6 8h7.5M10.5 5l3 3-3 3",
  keyboard: "M1.8 4h12.4v8H1.8zM4.2 6.5h.01M6.7 6.5h.01M9.2 6.5h.01M11.7 6.5h.01M5 9.5h6",
  mail: "M2 3.5h12v9H2zM2 4l6 4.8L14 4",
  link: "M6.8 9.2l2.4-2.4M7.5 4.5l1.2-1.2a2.7 2.7 0 0 1 3.8 3.8L11.3 8.3M8.5 11.5l-1.2 1.2a2.7 2.7 0 0 1-3.8-3.8L4.7 7.7",
  sliders:
    "M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M8.9 4.5a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0M3.9 11.5a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0",
} as const satisfies Record<string, string | readonly Stroke[]>;

export type IconName = keyof typeof icons;

/** The strokes of one icon, whichever way it is written above. */
export function strokesOf(name: IconName): readonly Stroke[] {
  const icon = icons[name];
  return typeof icon === "string" ? [{ d: icon }] : icon;
}
