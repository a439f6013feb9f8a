import { type ReactNode, useRef } from "react";
import { Checkbox } from "./checkbox.tsx";
import { cx } from "./cx.ts";
import { usePhone } from "./use-phone.ts";
import { useRowWindow } from "./use-row-window.ts";

export interface Column<Row> {
  key: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: "left" | "right";
  /** Tailwind width class for the column, e.g. `w-24`; one column without a width takes the rest. */
  width?: string;
  /** Left out between phone and this width. */
  from?: "md" | "lg" | "xl";
  sorted?: "ascending" | "descending";
}

export interface Selection {
  has: (id: string) => boolean;
  /** `range` is true when shift was held. */
  toggle: (id: string, range: boolean) => void;
  toggleAll: () => void;
  all: boolean | "some";
}

interface TableProps<Row> {
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  rowLabel?: (row: Row) => string;
  /** On phones a row becomes two lines: first this, then `cardNote`. */
  card: (row: Row) => ReactNode;
  cardNote: (row: Row) => ReactNode;
  selection?: Selection;
  /** Marks a row, e.g. the one whose details are open. */
  current?: string | null;
  sticky?: boolean;
  empty?: ReactNode;
}

const show = {
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
  xl: "hidden min-[1400px]:table-cell",
};

/** Rows under heads, or as two lines each on phones. */
export function Table<Row>(props: TableProps<Row>) {
  const phone = usePhone();
  if (props.rows.length === 0 && props.empty !== undefined) return props.empty;
  return phone ? <Cards {...props} /> : <Grid {...props} />;
}

function Grid<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowId } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const { first, end, above, below } = useRowWindow(body, rows.length);
  return (
    <>
      <table
        className="w-full table-fixed text-sm"
        aria-label={label}
        aria-rowcount={end - first < rows.length ? rows.length + 1 : undefined}
      >
        <TableHead {...props} />
        <tbody ref={body}>
          {above > 0 ? <tr aria-hidden style={{ height: above }} /> : null}
          {rows.slice(first, end).map((row, n) => (
            <TableRow key={rowId(row)} row={row} index={first + n} {...props} />
          ))}
          {below > 0 ? <tr aria-hidden style={{ height: below }} /> : null}
        </tbody>
      </table>
      <span className="sr-only">{columns.length} columns</span>
    </>
  );
}

function Cards<Row>(props: TableProps<Row>) {
  const { label, rows, rowId, card, cardNote, selection } = props;
  const list = useRef<HTMLUListElement>(null);
  const { first, end, above, below } = useRowWindow(list, rows.length);
  const cards = (
    <ul ref={list} className="text-sm" aria-label={label}>
      {above > 0 ? <li aria-hidden style={{ height: above }} /> : null}
      {rows.slice(first, end).map((row) => (
        <li
          key={rowId(row)}
          data-row
          className={cx("relative flex gap-3 border-t border-line px-4 py-2.5 first:border-t-0", rowInFocus)}
        >
          {selection === undefined ? null : (
            <span className={aboveRowLink}>
              <SelectCell selection={selection} row={row} {...props} />
            </span>
          )}
          <div className="min-w-0 flex-1">
            <div className="flex min-h-6 items-center justify-between gap-3 font-medium">{card(row)}</div>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-dim">
              {cardNote(row)}
            </div>
          </div>
        </li>
      ))}
      {below > 0 ? <li aria-hidden style={{ height: below }} /> : null}
    </ul>
  );
  if (selection === undefined || rows.length < 2) return cards;
  return (
    <>
      <div className="border-b border-line px-4 py-1 text-dim">
        <Checkbox
          label={`Select all ${rows.length} shown`}
          visibleLabel
          checked={selection.all}
          onChange={selection.toggleAll}
        />
      </div>
      {cards}
    </>
  );
}

function TableHead<Row>({ columns, selection, sticky = true }: TableProps<Row>) {
  return (
    <thead className={cx("bg-panel text-xs text-dim", sticky && "sticky top-0 z-1")}>
      <tr className="h-8 border-b border-line">
        {selection === undefined ? null : (
          <th className="w-10 pl-4 text-left">
            <Checkbox label="Select all rows shown" checked={selection.all} onChange={selection.toggleAll} />
          </th>
        )}
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            aria-sort={column.sorted}
            className={cx(
              "px-2 font-medium whitespace-nowrap first:pl-4 last:pr-4",
              column.align === "right" ? "text-right" : "text-left",
              column.width,
              column.from && show[column.from],
            )}
          >
            {column.head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function TableRow<Row>({ row, index, ...props }: TableProps<Row> & { row: Row; index: number }) {
  const { columns, rowId, selection, current } = props;
  const id = rowId(row);
  return (
    <tr
      data-row
      aria-rowindex={index + 2}
      className={cx(
        "relative h-[34px] border-b border-line last:border-b-0 hover:bg-raised",
        rowInFocus,
        (current === id || selection?.has(id)) && "bg-accent-wash",
      )}
    >
      {selection === undefined ? null : (
        <td className="relative z-1 pl-4">
          <SelectCell selection={selection} row={row} {...props} />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.key}
          className={cx(
            "truncate px-2 first:pl-4 last:pr-4",
            column.align === "right" && "text-right",
            column.from && show[column.from],
          )}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function SelectCell<Row>(
  props: Pick<TableProps<Row>, "rowId" | "rowLabel"> & { selection: Selection; row: Row },
) {
  const { selection, row, rowId, rowLabel } = props;
  const id = rowId(row);
  return (
    <Checkbox
      label={`Select ${rowLabel?.(row) ?? id}`}
      checked={selection.has(id)}
      onChange={(event) => selection.toggle(id, event.shift)}
    />
  );
}

/** A row that the keyboard is at. With `data-row` on it, the keys of lists walk over it. */
export const rowInFocus =
  "has-[:focus-visible]:bg-raised has-[:focus-visible]:shadow-[inset_3px_0_0_var(--accent)]";
/** Put on the link of a row's first cell: the whole row becomes its target. */
export const rowLink = "text-text before:absolute before:inset-0 hover:text-accent";
/** Put on controls inside such a row so that they stay above the link. */
export const aboveRowLink = "relative z-1";
