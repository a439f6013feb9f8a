import { metricsScreen } from "./metrics-screen.tsx";

/** The short horizon, as it happens. */
export const { loader, Component } = metricsScreen("live");
