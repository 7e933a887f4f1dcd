// Checks the dashboard's JSON against the types of Grafana's SDK: it is compiled as a value of type Checked.
import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Options as Heatmap } from '@grafana/grafana-foundation-sdk/heatmap';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Options as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';

/** The JSON form of a type: strings for enums, no methods. */
type Json<T> = T extends string ? `${T}`
  : T extends (infer Item)[] ? Json<Item>[]
    : T extends object ? { [Name in keyof T as Name extends `_implements${string}` ? never : Name]: Json<T[Name]> }
      : T;

type Base = Omit<Json<Panel>, 'type' | 'targets' | 'options'> & { targets: Json<Dataquery>[] };

type Checked = Omit<Json<Dashboard>, 'panels'> & {
  panels: ((Base & { type: 'timeseries'; options: Json<TimeSeries> })
  | (Base & { type: 'heatmap'; options: Json<Heatmap> })
  | (Omit<Json<RowPanel>, 'panels'> & { type: 'row'; panels: [] }))[];
};

export const dashboard = (checked: Checked): Checked => checked;
