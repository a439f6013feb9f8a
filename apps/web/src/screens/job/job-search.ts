import { countField, urlState } from "../../lib/url-state.ts";

export const jobSearch = urlState({ log_page: countField(1) });
export const logSize = 100;
