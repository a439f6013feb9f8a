import "./styles.css";
import { earlyReads } from "./app/early-reads.ts";
import { spotsAt } from "./app/site-map.ts";
import { showTheme } from "./app/theme.ts";
import { loadAhead, loadCode } from "./lib/code.ts";
import { askEarly } from "./lib/early.ts";

// What the address needs is asked for at once, while the app itself is still on its way.
showTheme();
const address = location.pathname.slice(new URL(document.baseURI).pathname.length);
for (const { code } of spotsAt(address)) loadAhead(code);
// In the demo nobody answers before the app is there.
if (import.meta.env.MODE !== "demo")
  for (const path of earlyReads(address, location.search)) askEarly(new URL(path, document.baseURI).href);

const root = document.getElementById("root");
if (root !== null) void loadCode(() => import("./app/start.tsx")).then(({ start }) => start(root));
