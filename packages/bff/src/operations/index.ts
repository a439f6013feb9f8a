export { bulkCommand } from "./bulk.ts";
export { handCommand, turns } from "./hands.ts";
export { Custodian } from "./held/custodian.ts";
export { cleanCommand, drainCommand } from "./held/deletions.ts";
export { purgeCommand, undoCommand } from "./held/undo.ts";
export { Operations } from "./operations.ts";
export { redriveCommand } from "./redrive/redrive-command.ts";
export { toSelection } from "./selections/selection-view.ts";
export { createSelections, type Selections } from "./selections/selections.ts";
