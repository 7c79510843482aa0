<?php
/**
 * Plugin Name:       AIみちしるべ
 * Description:       総務省のAI・デジタル支援制度を、質問に答えて探せる診断を置きます。回答はどこにも送りません。
 * Version:           {{version}}
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           MIT OR Apache-2.0
 * Text Domain:       ai-michishirube
 *
 * Puts the questionnaire on a page: the shortcode and the block are two ways to the one renderer, and the widget's
 * files lie in this plugin's own folder. It knows neither questions nor answers, and stores one option.
 */

namespace AiMichishirube;

defined( 'ABSPATH' ) || exit;

const VERSION = '{{version}}';
const HANDLE  = 'ai-michishirube';
const BLOCK   = 'ai-michishirube/quiz';
// uninstall.php deletes it.
const OPTION = 'ai_michishirube';

/** What owners fill in, once on the settings page or on each block; the names are the widget's attributes. */
function fields(): array {
	return array(
		'operator'      => array(
			'label'   => '運営者の名前',
			'example' => '○○商工会議所',
		),
		'contact-tel'   => array(
			'label'   => '電話番号',
			'example' => '06-0000-0000',
		),
		'contact-url'   => array(
			'label'   => '相談のページ',
			'example' => 'https://www.example.jp/soudan',
		),
		'contact-hours' => array(
			'label'   => '受付時間',
			'example' => '平日9時から17時',
		),
		'pref'          => array(
			'label'   => '都道府県',
			'example' => '大阪府',
		),
	);
}

/** What the settings page has, without what was left empty. */
function settings(): array {
	$saved = get_option( OPTION );
	return is_array( $saved ) ? array_filter( $saved, fn( $value ) => is_string( $value ) && '' !== $value ) : array();
}

/**
 * The one renderer, of shortcode and block: a placeholder that the script fills, and the script, only here.
 *
 * Names are only checked for their form, because the script takes those it knows and no others; a data attribute by
 * itself does nothing. So authors who may not write HTML can write every setting, and no handler.
 *
 * @param array|string $given Attributes by name; an empty string where there are none.
 */
function render( $given ): string {
	$attributes = settings();
	foreach ( (array) $given as $name => $value ) {
		$name = str_replace( '_', '-', strtolower( (string) $name ) );
		if ( preg_match( '/^[a-z]+(-[a-z]+)*$/', $name ) && is_scalar( $value ) && '' !== trim( (string) $value ) ) {
			$attributes[ $name ] = (string) $value;
		}
	}
	$html = '<div data-ai-michishirube';
	foreach ( $attributes as $name => $value ) {
		$html .= sprintf( ' data-%s="%s"', $name, esc_attr( $value ) );
	}
	wp_enqueue_script( HANDLE, file_url( 'v/{{major}}/michishirube.js' ), array(), VERSION, true );
	return $html . '><a href="' . esc_url( file_url( 'programs.html' ) ) . '">制度の一覧</a></div>';
}

/** The address of one of the widget's files. */
function file_url( string $path ): string {
	return plugins_url( 'widget/' . $path, __FILE__ );
}

/** Asks plugins that combine or delay scripts to leave ours alone; its mark helps it if they do not. */
function mark_script( string $tag, string $handle, string $src ): string {
	if ( HANDLE !== $handle ) {
		return $tag;
	}
	$marks = sprintf(
		' async data-ai-michishirube="%s" data-no-optimize="1" data-no-defer="1" data-cfasync="false" src=',
		esc_url( $src )
	);
	return str_replace( ' src=', $marks, $tag );
}
add_filter( 'script_loader_tag', __NAMESPACE__ . '\mark_script', 10, 3 );

function register(): void {
	add_shortcode( 'ai_michishirube', __NAMESPACE__ . '\render' );
	wp_register_script(
		HANDLE . '-editor',
		plugins_url( 'block.js', __FILE__ ),
		array( 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element' ),
		VERSION,
		true
	);
	$known = array(
		'block'  => BLOCK,
		'fields' => fields(),
		'saved'  => (object) settings(),
	);
	wp_add_inline_script( HANDLE . '-editor', 'var aiMichishirube = ' . wp_json_encode( $known ) . ';', 'before' );
	register_block_type(
		BLOCK,
		array(
			'api_version'     => 2,
			'title'           => 'AIみちしるべ',
			'description'     => '総務省のAI・デジタル支援制度を、質問に答えて探せる診断です。',
			'category'        => 'widgets',
			'icon'            => 'location-alt',
			'keywords'        => array( '診断', '補助金', '支援' ),
			'attributes'      => array_map( fn() => array( 'type' => 'string' ), fields() ),
			'supports'        => array( 'html' => false ),
			'editor_script'   => HANDLE . '-editor',
			'render_callback' => __NAMESPACE__ . '\render',
		)
	);
}
add_action( 'init', __NAMESPACE__ . '\register' );

function register_settings(): void {
	$about = array(
		'type'              => 'array',
		'sanitize_callback' => __NAMESPACE__ . '\sanitize',
	);
	register_setting( OPTION, OPTION, $about );
}
add_action( 'admin_init', __NAMESPACE__ . '\register_settings' );

/** What was typed on the settings page, as plain text; an address that is no web page is left out, and told. */
function sanitize( $typed ): array {
	$kept = array();
	foreach ( array_keys( fields() ) as $name ) {
		$text = is_array( $typed ) && is_string( $typed[ $name ] ?? null ) ? sanitize_text_field( $typed[ $name ] ) : '';
		if ( 'contact-url' === $name && '' !== $text && ! preg_match( '#^https?://#', $text ) ) {
			add_settings_error( OPTION, $name, '相談のページは、https:// から始まるアドレスを書いてください。ほかは保存しました。' );
			$text = '';
		}
		$kept[ $name ] = $text;
	}
	return $kept;
}

function add_settings_page(): void {
	add_options_page( 'AIみちしるべ', 'AIみちしるべ', 'manage_options', HANDLE, __NAMESPACE__ . '\settings_page' );
}
add_action( 'admin_menu', __NAMESPACE__ . '\add_settings_page' );

function link_settings( array $links ): array {
	$url = admin_url( 'options-general.php?page=' . HANDLE );
	return array_merge( array( '<a href="' . esc_url( $url ) . '">設定</a>' ), $links );
}
add_filter( 'plugin_action_links_' . plugin_basename( __FILE__ ), __NAMESPACE__ . '\link_settings' );

function settings_page(): void {
	$saved = settings();
	?>
	<div class="wrap">
	<h1>AIみちしるべ</h1>
	<p>すべてのページの診断に表示します。ページごとに変えるときは、ブロックかショートコードに書きます。</p>
	<?php if ( ! isset( $saved['operator'] ) ) : ?>
		<div class="notice notice-warning inline"><p>運営者の名前を書くまで、診断は「デモ」と表示します。</p></div>
	<?php endif; ?>
	<form method="post" action="options.php">
	<?php settings_fields( OPTION ); ?>
	<table class="form-table" role="presentation">
	<?php foreach ( fields() as $name => $field ) : ?>
		<tr>
		<th scope="row"><label for="<?php echo esc_attr( $name ); ?>"><?php echo esc_html( $field['label'] ); ?></label></th>
		<td>
		<input class="regular-text" type="text" id="<?php echo esc_attr( $name ); ?>" name="<?php echo esc_attr( OPTION . "[$name]" ); ?>" value="<?php echo esc_attr( $saved[ $name ] ?? '' ); ?>">
		<p class="description">例：<?php echo esc_html( $field['example'] ); ?></p>
		</td>
		</tr>
	<?php endforeach; ?>
	</table>
	<?php submit_button(); ?>
	</form>
	<h2>ページに置く</h2>
	<p>ブロックの編集画面では「AIみちしるべ」のブロックを足します。ほかの編集画面では、本文に <code>[ai_michishirube]</code> と書きます。</p>
	<p>総務省・デジタル庁の運営・監修ではありません。回答は、訪れた人の端末の中だけで処理し、このサイトにも送りません。</p>
	</div>
	<?php
}
