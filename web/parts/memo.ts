import {Component, type ComponentChildren, createElement, type FunctionComponent} from "preact"

/** A part that is drawn anew only where one of its properties is another. */
export function memo<Props extends object>(part: (props: Props) => ComponentChildren): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const [had, has] = [this.props, next] as unknown as [Record<string, unknown>, Record<string, unknown>]
      return Object.keys(had).length !== Object.keys(has).length || Object.keys(has).some(key => had[key] !== has[key])
    }
    override render(props: Props): ComponentChildren {
      return part(props)
    }
  }
  return props => createElement(Memo, props as Props & {})
}
