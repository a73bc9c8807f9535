/** Synchronization scope: which projects and issue types are visible in the configuration to both sites. */
import Select from '@atlaskit/select';
import { useId } from 'react';
import type { Outline } from '../../../../src/api/views';

type Rule = { mode: 'all' | 'hide' | 'show'; ids: string[] };
export interface ScopeValue {
  projects: Rule;
  issueTypes: Rule;
}

export const showAll: ScopeValue = {
  projects: { mode: 'all', ids: [] },
  issueTypes: { mode: 'all', ids: [] },
};

const modes: { mode: Rule['mode']; label: string }[] = [
  { mode: 'all', label: 'Show all' },
  { mode: 'hide', label: 'Hide only selected' },
  { mode: 'show', label: 'Show only selected' },
];

interface ScopePickerProps {
  outline: Outline;
  value: ScopeValue;
  onChange: (value: ScopeValue) => void;
}

export function ScopePicker({ outline, value, onChange }: ScopePickerProps) {
  return (
    <section className="stack" aria-label="Synchronization scope">
      <div>
        <h2>Synchronization scope</h2>
        <p className="subtle">
          What you select will be visible in the configuration to you and your partner. Nothing else is ever
          named or sent. You can change this later.
        </p>
      </div>
      <div className="cards">
        <RulePicker
          name="projects"
          title="Projects"
          options={outline.projects.map(({ id, key, name }) => ({ value: id, label: `${name} (${key})` }))}
          rule={value.projects}
          onChange={(projects) => onChange({ ...value, projects })}
        />
        <RulePicker
          name="issue types"
          title="Issue types"
          options={outline.issueTypes.map(({ id, name }) => ({ value: id, label: name }))}
          rule={value.issueTypes}
          onChange={(issueTypes) => onChange({ ...value, issueTypes })}
        />
      </div>
    </section>
  );
}

interface Option {
  value: string;
  label: string;
}
interface RulePickerProps {
  name: string;
  title: string;
  options: Option[];
  rule: Rule;
  onChange: (rule: Rule) => void;
}

function RulePicker({ name, title, options, rule, onChange }: RulePickerProps) {
  const group = useId();
  return (
    <div className="card">
      <fieldset>
        <legend>{title}</legend>
        {modes.map(({ mode, label }) => (
          <label key={mode} className="choice">
            <input
              type="radio"
              name={group}
              checked={rule.mode === mode}
              onChange={() => onChange({ mode, ids: mode === 'all' ? [] : rule.ids })}
              data-testid={`scope-${name.replace(' ', '-')}-${mode}`}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {rule.mode !== 'all' && (
        <div style={{ marginTop: 8 }} data-testid={`scope-${name.replace(' ', '-')}-ids`}>
          <Select<Option, true>
            isMulti
            inputId={`${group}-select`}
            aria-label={rule.mode === 'hide' ? `Hidden ${name}` : `Shown ${name}`}
            options={options}
            value={options.filter((option) => rule.ids.includes(option.value))}
            onChange={(chosen) => onChange({ ...rule, ids: chosen.map((option) => option.value) })}
            placeholder={`Choose ${name}`}
          />
          {rule.mode === 'show' && rule.ids.length === 0 && (
            <div className="field-error">Choose at least one, or nothing would be shared.</div>
          )}
        </div>
      )}
    </div>
  );
}
