/** What a Parquet file says of some of its rows, as hyparquet gives it. */
export interface RowGroup {
  readonly num_rows: bigint;
  readonly columns: readonly {
    readonly meta_data?: {
      readonly codec: string;
      readonly path_in_schema: readonly string[];
      readonly total_uncompressed_size: bigint;
    };
    /** Where it says where the column's pages are. */
    readonly offset_index_offset?: bigint;
  }[];
}

/** Rows that are made at a time, and of each column the stretch around them that is decoded at once. */
export interface Piece {
  readonly begin: number;
  readonly end: number;
  readonly stretches: ReadonlyMap<string, { readonly rowStart: number; readonly rowEnd: number }>;
}

/** So many rows are a piece. */
const pieceRows = 2 ** 15;

/** A stretch has so many rows at most, and so many bytes of pages, about: for each, a column's dictionary is read and unpacked anew, and a page at its bound. */
const most = { rows: 2 ** 18, bytes: 2 ** 22 };

/** In which pieces a file's rows are read. */
export function* piecesOf(groups: readonly RowGroup[], names: readonly string[]): Generator<Piece, void> {
  let first = 0;
  for (const group of groups) {
    const last = first + Number(group.num_rows);
    const lengths = names.map((name) => [name, stretchLength(group, name)] as const);
    for (let begin = first; begin < last; begin += pieceRows) {
      const stretches = lengths.map(([name, length]) => {
        const rowStart = begin - ((begin - first) % length);
        return [name, { rowStart, rowEnd: Math.min(rowStart + length, last) }] as const;
      });
      yield { begin, end: Math.min(begin + pieceRows, last), stretches: new Map(stretches) };
    }
    first = last;
  }
}

/** How many rows of a column a stretch has: whole pieces, or the row group where it does not say where its pages are. */
function stretchLength({ num_rows, columns }: RowGroup, name: string): number {
  const rows = Number(num_rows);
  const parts = columns.filter(({ meta_data }) => meta_data?.path_in_schema[0] === name);
  if (parts.some(({ offset_index_offset }) => offset_index_offset === undefined)) return rows;
  const bytes = parts.reduce((sum, { meta_data }) => sum + Number(meta_data!.total_uncompressed_size), 0);
  const wanted = Math.min(most.rows, (rows * most.bytes) / Math.max(1, bytes));
  return Math.max(1, Math.floor(wanted / pieceRows)) * pieceRows;
}
