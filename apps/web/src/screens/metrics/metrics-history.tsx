import { metricsScreen } from "./metrics-screen.tsx";

/** The recent horizon: where it goes, and whether it settles. */
export const { loader, Component } = metricsScreen("1h");
